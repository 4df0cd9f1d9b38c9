"""A word to stop is kept from the key on: the engine may die before it has said so."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from ivr.carrier.person import Person
from ivr.store.reports import customer_lines
from ivr.store.sql_store import open_store
from tests.chaos.conftest import customers, killed_at_the_end, leads, until
from tests.chaos.dying_engine import AFTER_OPT_OUT
from tests.chaos.neighbourhood import number_of
from tests.chaos.world import ChaosWorld, chaos_world

pytestmark = [pytest.mark.asterisk, pytest.mark.timeout(240)]

OPTS_OUT = {
    "number": number_of(0),
    "name": "Maria",
    "does": {"kind": "answers", "then": [{"press": "9", "wait": "6s"}]},
}


async def is_suppressed(world: ChaosWorld) -> bool:
    async with open_store(world.settings.store_url) as store:
        [line] = await store.read(customer_lines)
    return line.is_suppressed


async def test_it_is_kept_although_the_engine_is_killed_right_after_the_key(
    home: Path, installed: Path
) -> None:
    async with chaos_world(home, installed, [Person.model_validate(OPTS_OUT)]) as world:
        [maria] = await customers(world, 1)
        first = world.start_engine_that_dies(AFTER_OPT_OUT)
        with killed_at_the_end(first):
            await asyncio.to_thread(first.dies_within, 90)
        assert await is_suppressed(world)
        second = world.start_engine()
        with killed_at_the_end(second), world.ledger() as ledger:
            await leads(second)
            await until(lambda: not ledger.unfinished(), "the end of the matter", 90)
            assert ledger.attempt_row(maria).disposition == "do_not_call"
        assert len(world.town.calls(maria)) == 1
