"""An engine that stands still (a stopped process, a suspended machine) and wakes up.

Its lock on the data folder is held while it stands: nobody takes over there until it is killed, and when it
wakes up it goes on as the owner it still is. Where the lock does not hold (a data folder on a network disk
that gave it away), the lease and the switch tell: the successor cuts it off before it decides anything.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from ivr.carrier.person import Person
from ivr.clock import utc_now
from tests.chaos.conftest import customers, is_answered, killed_at_the_end, leads, until
from tests.chaos.neighbourhood import customer, number_of
from tests.chaos.world import chaos_world

pytestmark = [pytest.mark.asterisk, pytest.mark.timeout(240)]

PROMISES_LATE = [{"press": "1", "wait": "1s"}, {"press": "2", "wait": "30s"}, {"press": "2", "wait": "2s"}]
BEYOND_ITS_LEASE = 6.0


def _somebody(index: int) -> Person:
    does = {"kind": "answers", "then": PROMISES_LATE}
    return Person.model_validate({"number": number_of(index), "name": "Maria", "does": does})


@pytest.mark.full
async def test_its_data_folder_stays_its_own_and_it_goes_on(home: Path, installed: Path) -> None:
    async with chaos_world(home, installed, [_somebody(0)]) as world:
        [maria] = await customers(world, 1)
        sleeper = world.start_engine()
        with killed_at_the_end(sleeper), world.ledger() as ledger:
            await until(lambda: is_answered(world, maria), "the call")
            sleeper.pause()
            rival = world.start_engine()
            with killed_at_the_end(rival):
                assert await asyncio.to_thread(rival.ends_within, 30) == 2
                assert "another engine works on" in rival.last_words()
            await asyncio.sleep(BEYOND_ITS_LEASE)
            sleeper.resume()
            await until(lambda: not ledger.unfinished(), "the end of the matter", 90)

            assert ledger.attempt_row(maria).disposition == "promise_to_pay"
            assert len(world.town.calls(maria)) == 1


async def test_once_another_took_over_it_dials_nothing_and_cuts_nobody_off(
    home: Path, installed: Path
) -> None:
    async with chaos_world(home, installed, [_somebody(0), _somebody(1)]) as world:
        [maria] = await customers(world, 1)
        sleeper = world.start_engine()
        with killed_at_the_end(sleeper), world.ledger() as ledger:
            await until(lambda: ledger.has_checkpoint(maria), "a talk that is written down")
            sleeper.pause()
            (home / "engine.lock").unlink()
            successor = world.start_engine()
            with killed_at_the_end(successor):
                await leads(successor)
                await asyncio.to_thread(successor.logs_within, "reconciled", 30, fate="lives")
                await world.takes_in([customer(1, utc_now().date())])
                sleeper.resume()
                assert await asyncio.to_thread(sleeper.ends_within, 30) == 1
                assert "lease" in sleeper.last_words()
                await until(lambda: len(ledger.attempts()) == 2, "the second customer's attempt")
                await until(lambda: not ledger.unfinished(), "the end of both matters", 120)

            for number in (maria, number_of(1)):
                assert ledger.attempt_row(number).disposition == "promise_to_pay"
                assert len(world.town.calls(number)) == 1
