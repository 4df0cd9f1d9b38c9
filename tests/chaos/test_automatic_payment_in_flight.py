"""An automatic payment is made once, at whatever point of it the engine is killed."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from pathlib import Path

import pytest

from ivr.carrier.person import Person
from ivr.clock import utc_now
from ivr.engine.ports import NewCall, Transaction
from ivr.gateways.sandbox import SandboxGateway
from ivr.payments.authorisation import AmountTerms, Authorisation
from ivr.store.sql_store import open_store
from tests.chaos.conftest import customers, killed_at_the_end, leads, until
from tests.chaos.dying_engine import POINTS
from tests.chaos.neighbourhood import number_of
from tests.chaos.world import ChaosWorld, chaos_world

pytestmark = [pytest.mark.asterisk, pytest.mark.full, pytest.mark.timeout(240)]

BUSY = {"number": number_of(0), "name": "Maria", "does": {"kind": "busy"}}
"""Nobody pays by telephone here."""


async def agrees(world: ChaosWorld) -> None:
    """Let the customer have agreed that the account is charged from yesterday on."""
    now = utc_now()

    def work(tx: Transaction) -> None:
        tx.calls.open(NewCall("agreed", None, "inbound", "", "carrier", None, "f", "v1", now))
        yesterday = (now - timedelta(days=1)).date()
        tx.authorisations.give(
            Authorisation("g1", "C0", "A0", "M0", AmountTerms.DUE, 1, now, "agreed", "f v1", None, yesterday)
        )

    async with open_store(world.settings.store_url) as store:
        await store.write(work)


async def given(world: ChaosWorld) -> tuple[str | None, date]:
    async with open_store(world.settings.store_url) as store:
        found = await store.read(lambda tx: tx.authorisations.of_account("A0"))
    assert found is not None
    return found.last_result, found.next_on


@pytest.mark.parametrize("point", POINTS)
async def test_it_is_charged_once_and_the_day_is_over(home: Path, installed: Path, point: str) -> None:
    async with chaos_world(home, installed, [Person.model_validate(BUSY)]) as world:
        await customers(world, 1)
        await agrees(world)
        first = world.start_engine_that_dies(point)
        with killed_at_the_end(first):
            await asyncio.to_thread(first.dies_within, 90)
        second = world.start_engine()
        with killed_at_the_end(second):
            await leads(second)
            made = "automatic payments were made"
            await until(lambda: bool(second.log.moments(made)), made, 90)
            result, next_on = await given(world)
            assert result == "success"
            assert next_on > utc_now().date()
        charges = await SandboxGateway(world.provider_books).charges()
        assert [charge.method_id for charge in charges] == ["M0"]
