"""An engine that is told to stop."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from pathlib import Path

import pytest

from ivr.app.embedded_switch import engine_instance
from ivr.attempts.attempt import TERMINAL, AttemptState
from ivr.carrier.person import Person
from ivr.switch import process
from tests.chaos.conftest import customers, is_answered, killed_at_the_end, until
from tests.chaos.neighbourhood import number_of
from tests.chaos.world import chaos_world

pytestmark = [pytest.mark.asterisk, pytest.mark.timeout(240)]

ONLY_LISTEN = 3
"""So many pick up and press nothing; the line has room for no more."""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_no_new_calls_running_ones_closed_and_nothing_left_behind(
    home: Path, installed: Path, number: signal.Signals
) -> None:
    people = [
        Person.model_validate({"number": number_of(index), "name": "Maria", "does": "answers"})
        for index in range(ONLY_LISTEN * 2)
    ]
    async with chaos_world(home, installed, people) as world:
        numbers = await customers(world, len(people))
        world.empty_speech_cache()
        engine = world.start_engine(grace=2, IVR_DIALING__MAX_CALLS=str(ONLY_LISTEN))
        with killed_at_the_end(engine), world.ledger() as ledger:
            await until(lambda: sum(is_answered(world, n) for n in numbers) == ONLY_LISTEN, "the calls")
            children = _children_of(engine.pid)
            engine.is_told(number)
            assert await asyncio.to_thread(engine.ends_within, 30) == 0, engine.last_words()

            called = [number for number in numbers if world.town.calls(number)]
            over = [attempt for attempt in ledger.attempts() if attempt.state in TERMINAL]
            left = [attempt for attempt in ledger.attempts() if attempt.state not in TERMINAL]
            assert sorted(called) == sorted(attempt.number for attempt in over)
            assert len(over) == ONLY_LISTEN
            assert all(attempt.has_outcome for attempt in over)
            assert {attempt.state for attempt in left} == {AttemptState.READY}
            assert children, "speech is rendered by processes of its own"
            assert not _living(children)
        status = await asyncio.to_thread(process.status, engine_instance(world.settings))
        assert status.running
        assert status.active_channels == 0


def _living(processes: list[int]) -> list[int]:
    return [pid for pid in processes if Path(f"/proc/{pid}").exists()]


def _children_of(pid: int) -> list[int]:
    """Return the direct children of a process; its speakers are such. A thread may end while we look."""
    children: list[int] = []
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(FileNotFoundError, ProcessLookupError):
            children += map(int, file.read_text().split())
    return children
