"""Nobody outside is dialled for a caller whom no call of ours might ring."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from ivr.attempts.pacing import Pace
from ivr.calls.call_result import CallResult
from ivr.engine.host import Host
from ivr.engine.telephony import Outside
from ivr.engine.transfer_out import LONGEST_SECONDS, RING_SECONDS, transfer_out
from ivr.engine.way_out import WayOut
from ivr.flows.effects import TransferOut
from ivr.flows.events import EffectDone
from ivr.phone_number import PhoneNumber
from tests.unit.engine.conftest import LINE, Engine
from tests.unit.engine.scripted import HandClock, ScriptedCall, report

NUMBER = PhoneNumber("+12025550177")
REAL = replace(LINE, trunk="provider", is_simulated=False, allowed_prefixes=("+1202",))

Waits = list[Callable[[], Awaitable[None]]]


class Caller:
    """Somebody on the line who is to be connected."""

    def __init__(self, engine: Engine) -> None:
        self.call = ScriptedCall("c1", report("c1", engine.clock(), CallResult.ANSWERED))
        self._engine = engine

    async def is_put_through(self, line: object = LINE, number: str = NUMBER) -> str | None:
        """Return the result; None: it was dialled."""
        engine = self._engine
        way_out = None if line is None else WayOut(line, engine.clock)  # type: ignore[arg-type]
        world = replace(engine.world, way_out=way_out)
        host = Host(world, engine.contents, self.call)
        done = await transfer_out(host, TransferOut(7, number, "A-4711"))
        assert done is None or done == EffectDone(7, done.result)
        return None if done is None else done.result


@pytest.fixture
def caller(engine: Engine) -> Caller:
    return Caller(engine)


async def says(engine: Engine, *, live: bool = False, stopped: bool = False) -> None:
    """Let somebody have said go-live, or stop-all."""
    await engine.store.write(lambda tx: tx.controls.set_live(live, "test", engine.clock()))
    await engine.store.write(lambda tx: tx.controls.set_stopped(stopped, "test", engine.clock()))


async def test_the_number_is_dialled_on_our_line_with_our_number_and_the_reference(caller: Caller) -> None:
    assert await caller.is_put_through() is None
    [outside] = caller.call.outside
    assert outside == Outside(NUMBER, "carrier", LINE.caller_id, RING_SECONDS, LONGEST_SECONDS, "A-4711")
    assert "A-4711" not in repr(outside)


@pytest.mark.parametrize("number", ["+19005550100", "+1911", "+881612345678", "+442079460000"])
async def test_what_is_never_dialled_or_not_allowed_is_not_dialled_here_either(
    engine: Engine, caller: Caller, number: str
) -> None:
    await says(engine, live=True)
    assert await caller.is_put_through(REAL, number) == "failed"
    assert caller.call.outside == []


async def test_before_we_are_live_only_listed_numbers_ring(engine: Engine, caller: Caller) -> None:
    assert await caller.is_put_through(REAL) == "failed"
    assert await caller.is_put_through(replace(REAL, listed_numbers=frozenset({NUMBER}))) is None
    await says(engine, live=True)
    assert await caller.is_put_through(REAL) is None
    assert len(caller.call.outside) == 2


async def test_stop_all_stops_these_calls_too(engine: Engine, caller: Caller) -> None:
    await says(engine, live=True, stopped=True)
    assert await caller.is_put_through(REAL) == "failed"
    assert await caller.is_put_through() == "failed", "on the simulated network, too"
    assert caller.call.outside == []


async def test_without_a_free_line_nobody_is_dialled(engine: Engine, caller: Caller) -> None:
    engine.telephony.lines_taken = LINE.max_calls
    assert await caller.is_put_through() == "no_agent"
    assert caller.call.outside == []


async def test_without_any_line_it_fails(caller: Caller) -> None:
    assert await caller.is_put_through(None) == "failed"


async def test_who_is_there_already_stays_there_whatever_holds_now(engine: Engine, caller: Caller) -> None:
    await says(engine, stopped=True)
    engine.telephony.lines_taken = LINE.max_calls
    caller.call.is_elsewhere = True
    assert await caller.is_put_through(REAL) is None


@pytest.mark.parametrize("result", ["done", "no_agent", "failed"])
async def test_who_is_back_from_there_already_is_not_connected_again(
    engine: Engine, caller: Caller, result: str
) -> None:
    await says(engine, stopped=True)
    caller.call.came_of_outside = {7: result, 8: "done"}
    assert await caller.is_put_through() == result
    assert caller.call.outside == []


@pytest.fixture
def in_the_wait(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Waits:
    """What happens while somebody waits for a slot, wait by wait; the clock goes on as they wait."""
    happens: Waits = []

    async def sleep(seconds: float) -> None:
        engine.clock.advance(seconds=max(0.0, seconds))
        if happens:
            await happens.pop(0)()

    monkeypatch.setattr("ivr.engine.way_out.asyncio.sleep", sleep)
    return happens


async def test_who_waits_for_a_slot_when_all_calls_are_stopped_is_not_connected(
    engine: Engine, caller: Caller, in_the_wait: Waits
) -> None:
    in_the_wait.append(lambda: says(engine, stopped=True))
    assert await caller.is_put_through() == "failed"
    assert caller.call.outside == []


async def test_who_waits_for_a_slot_when_the_last_line_is_taken_is_not_connected(
    engine: Engine, caller: Caller, in_the_wait: Waits
) -> None:
    async def take_the_last_line() -> None:
        engine.telephony.lines_taken = LINE.max_calls

    in_the_wait.append(take_the_last_line)
    assert await caller.is_put_through() == "no_agent"
    assert caller.call.outside == []


async def test_for_who_hangs_up_in_the_wait_nobody_is_dialled(caller: Caller, in_the_wait: Waits) -> None:
    async def hang_up() -> None:
        caller.call.is_over = True

    in_the_wait.append(hang_up)
    assert await caller.is_put_through() is None
    assert caller.call.outside == []


@pytest.mark.usefixtures("in_the_wait")
async def test_a_slot_that_is_wanted_no_more_is_left_to_the_next(engine: Engine) -> None:
    way_out, began = WayOut(replace(LINE, pace=Pace(calls_per_second=2)), engine.clock), engine.clock()
    is_there = iter([True, False])  # before the wait, and after
    waiting = [
        way_out.wait_for_slot(),
        way_out.wait_for_slot(lambda: next(is_there)),
        way_out.wait_for_slot(lambda: False),
        way_out.wait_for_slot(),
    ]
    assert await asyncio.gather(*waiting) == [True, False, False, True]
    assert (engine.clock() - began).total_seconds() == 0.5


async def test_calls_and_transfers_share_one_pace(
    engine: Engine, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr("asyncio.sleep", sleep)
    way_out = WayOut(replace(LINE, pace=Pace(calls_per_second=2)), HandClock(engine.clock()))
    for _ in range(3):
        await way_out.wait_for_slot()
    assert waits == [0, 0.5, 1]
