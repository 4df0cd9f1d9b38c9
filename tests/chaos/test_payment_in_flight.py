"""A payment that is on its way when the engine is killed is made once, at whatever point that is."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from ivr.carrier.person import Person
from tests.chaos.conftest import customers, killed_at_the_end, leads, until
from tests.chaos.dying_engine import POINTS
from tests.chaos.neighbourhood import number_of
from tests.chaos.world import chaos_world

pytestmark = [pytest.mark.asterisk, pytest.mark.timeout(240)]

PAYS = {
    "number": number_of(0),
    "name": "Maria",
    "does": {
        "kind": "answers",
        "then": [
            {"press": "1", "wait": "1s"},
            {"press": "1", "wait": "1s"},
            {"press": "1", "wait": "10s"},
            {"press": "1", "wait": "7s"},
        ],
    },
}
MOST_LIKELY = "before-result-stored"
"""Where most of the time of a payment goes, while the provider is asked; the other points in `make full`."""


@pytest.mark.parametrize(
    "point",
    [point if point == MOST_LIKELY else pytest.param(point, marks=pytest.mark.full) for point in POINTS],
)
async def test_it_is_charged_once_and_the_caller_hears_so(home: Path, installed: Path, point: str) -> None:
    async with chaos_world(home, installed, [Person.model_validate(PAYS)]) as world:
        [maria] = await customers(world, 1)
        first = world.start_engine_that_dies(point)
        with killed_at_the_end(first):
            await asyncio.to_thread(first.dies_within, 90)
        second = world.start_engine()
        with killed_at_the_end(second), world.ledger() as ledger:
            await leads(second)
            await until(lambda: not ledger.unfinished(), "the end of the matter", 90)

            assert len(await world.charges(ledger.attempts())) == 1
            assert ledger.attempt_row(maria).disposition == "payment"
            assert len(world.town.calls(maria)) == 1
