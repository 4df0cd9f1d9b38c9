"""Somebody calls the toll-free number and pays; the engine is killed meanwhile: they are charged once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from ivr.carrier.person import Person
from ivr.carrier.script import Step
from ivr.clock import utc_now
from ivr.gateways.sandbox import SandboxGateway
from ivr.store.database import create_reading_engine, parse_database_url
from ivr.store.sql_store import open_store
from ivr.store.tables.alerts import alerts
from ivr.store.tables.calls import calls
from tests.chaos.conftest import killed_at_the_end, leads, until
from tests.chaos.dying_engine import POINTS
from tests.chaos.neighbourhood import customer, number_of
from tests.chaos.world import ChaosWorld, chaos_world

pytestmark = [pytest.mark.asterisk, pytest.mark.timeout(240)]

HOTLINE = "+18005550100"
SETTINGS = f"""
[[inbound]]
number = "{HOTLINE}"
flow = "toll-free"
"""
BORN_ON, BIRTH_DATE = date(1985, 7, 31), "07311985"
MARIA = Person.model_validate({"number": number_of(0), "name": "Maria", "does": "busy"})
PAYS = tuple(
    Step.model_validate(step)
    for step in (
        {"press": f"1{BIRTH_DATE}1", "wait": "1s"},
        {"press": "1", "wait": "12s"},
        {"press": "5", "wait": "40s"},
    )
)
"""Proves to be her and chooses to pay by keys pressed ahead, confirms once the question has begun, and ends
the call when all is told."""


@pytest.mark.full
@pytest.mark.parametrize("point", POINTS)
async def test_a_caller_is_charged_once_and_the_matter_is_settled(
    home: Path, installed: Path, tmp_path: Path, point: str
) -> None:
    async with chaos_world(home, installed, []) as world:
        world.config = _settings(tmp_path / "config")
        await _takes_in_maria(world)
        first = world.start_engine_that_dies(point)
        with killed_at_the_end(first):
            await asyncio.to_thread(first.logs_within, "this engine takes and places calls", 60)
            await until(lambda: bool(_rows(world, alerts)), "her matter")
            calling = asyncio.create_task(world.town.call(MARIA, HOTLINE, then=PAYS))
            await asyncio.to_thread(first.dies_within, 90)
        second = world.start_engine()
        with killed_at_the_end(second):
            await leads(second)
            await calling
            await until(
                lambda: _rows(world, calls)[0].ended_at is not None, "the end of the call in the books"
            )
        [alert], [call] = _rows(world, alerts), _rows(world, calls)
        assert len(await SandboxGateway(world.provider_books).charges()) == 1
        assert (alert.state, alert.end_reason) == ("settled", "paid")
        assert (call.direction, call.call_result) == ("inbound", "answered")


def _settings(folder: Path) -> Path:
    folder.mkdir()
    file = folder / "ivr.toml"
    file.write_text(SETTINGS, "utf-8")
    return file


async def _takes_in_maria(world: ChaosWorld) -> None:
    """Let there be a customer whom the rule finds and nobody calls."""
    record = customer(0, utc_now().date())
    born = replace(record, customer=replace(record.customer, birth_date=BORN_ON))
    await world.takes_in([born])
    async with open_store(world.settings.store_url) as store:
        await store.write(lambda tx: tx.controls.set_stopped(True, "test", utc_now()))


def _rows(world: ChaosWorld, table: sa.Table) -> list[Any]:
    engine = create_reading_engine(parse_database_url(world.settings.store_url))
    try:
        with engine.connect() as connection:
            return list(connection.execute(sa.select(table)))
    finally:
        engine.dispose()
