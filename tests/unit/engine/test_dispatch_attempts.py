"""The dial queue: as many calls as there is room for, each on its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime

import pytest
from structlog.testing import capture_logs

from ivr.attempts.attempt import AttemptState
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.pacing import Pace
from ivr.calls.call_report import CallReport
from ivr.calls.call_result import CallResult
from ivr.engine.dispatch_attempts import Dispatcher
from ivr.engine.line import Line
from ivr.engine.telephony import CallOrder, Listening, LiveCall
from ivr.engine.way_out import WayOut
from ivr.prompts.segment import Segment
from tests.unit.engine.conftest import LINE, Engine
from tests.unit.engine.scripted import ScriptedCall, report


class RingingCall(ScriptedCall):
    """A call that rings until the test lets it end."""

    def __init__(self, end: CallReport) -> None:
        super().__init__(end.call_id, end)
        self.may_end = asyncio.Event()

    async def wait_for_answer(self) -> datetime | None:
        await self.may_end.wait()
        return None

    async def hang_up(self) -> None:
        await super().hang_up()
        self.may_end.set()


@asynccontextmanager
async def dialling(engine: Engine, line: Line = LINE) -> AsyncIterator[Dispatcher]:
    """Run a dispatcher while the context lasts."""
    dispatcher = Dispatcher(engine.world, engine.contents, WayOut(line, engine.clock))
    running = asyncio.create_task(dispatcher.run())
    yield dispatcher
    await dispatcher.stop(0)
    await running


class Switch:
    """Rings whoever is to be called, and tells the test of each order."""

    def __init__(self, calls: Mapping[str, RingingCall]) -> None:
        self.calls = calls
        self.orders: asyncio.Queue[CallOrder] = asyncio.Queue()
        self.breaks_for = ""
        self.is_ready = True
        self.lines_taken = self.legs_outside = 0

    async def place(self, order: CallOrder) -> LiveCall:
        self.orders.put_nowait(order)
        if order.call_id == self.breaks_for:
            raise RuntimeError("a mistake of ours")
        return self.calls[order.call_id]

    def listen(self, call_id: str, listening: Listening) -> None:
        raise NotImplementedError

    async def adopt_live_calls(self) -> Sequence[LiveCall]:
        return ()

    async def end_recording(self, name: str) -> bool:
        return True

    def live_call_of(self, agent: str) -> str | None:
        raise NotImplementedError

    async def hang_up_all(self) -> None:
        for call in self.calls.values():
            await call.hang_up()

    async def next_call(self) -> RingingCall:
        """Return the next call that is ordered."""
        return self.calls[(await asyncio.wait_for(self.orders.get(), 10)).call_id]


async def switch_for(engine: Engine, *numbers: int) -> Switch:
    """Let the rule find customers, and a switch be there to ring them."""
    attempts = await engine.find(*numbers)
    ends = (report(attempt.id, engine.clock(), CallResult.NO_ANSWER) for attempt in attempts)
    switch = Switch({end.call_id: RingingCall(end) for end in ends})
    engine.world = replace(engine.world, telephony=switch)
    return switch


async def test_no_more_calls_than_the_line_takes_are_up_and_an_end_makes_room(engine: Engine) -> None:
    switch = await switch_for(engine, 1, 2, 3)
    async with dialling(engine, replace(LINE, max_calls=2)) as dispatcher:
        first, _ = await switch.next_call(), await switch.next_call()
        assert dispatcher.busy == 2
        assert len(await engine.attempts(AttemptState.READY)) == 1
        first.may_end.set()
        await switch.next_call()


async def test_a_call_that_is_connected_outside_takes_a_line_of_its_own(engine: Engine) -> None:
    switch = await switch_for(engine, 1, 2)
    switch.legs_outside = 1
    async with dialling(engine, replace(LINE, max_calls=2)) as dispatcher:
        await switch.next_call()
        assert dispatcher.busy == 1
        assert len(await engine.attempts(AttemptState.READY)) == 1


async def test_a_line_that_was_taken_while_an_attempt_waited_for_the_pace_is_not_dialled_on(
    engine: Engine,
) -> None:
    switch = await switch_for(engine, 1, 2)
    async with dialling(engine, replace(LINE, max_calls=2, pace=Pace(calls_per_second=2))) as dispatcher:
        await switch.next_call()
        assert dispatcher.busy == 2, "the other one waits for its turn"
        switch.legs_outside = 1
        async with asyncio.timeout(10):
            while not await engine.attempts(AttemptState.READY):  # noqa: ASYNC110
                await asyncio.sleep(0.02)  # the books are a database, which tells nobody
        assert (dispatcher.busy, switch.orders.empty()) == (1, True)
        switch.legs_outside = 0
        await switch.next_call()


async def test_for_one_line_that_was_taken_one_attempt_gives_way(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch = await switch_for(engine, 1, 2, 3, 4)
    line = replace(LINE, max_calls=4, pace=Pace(calls_per_second=4))
    given_back: list[str] = []
    may_be_written = asyncio.Event()
    give_back = Dispatcher._give_back

    async def slowly(self: Dispatcher, facts: EligibilityFacts, due_at: datetime, reason: str) -> None:
        given_back.append(reason)
        await may_be_written.wait()
        await give_back(self, facts, due_at, reason)

    monkeypatch.setattr(Dispatcher, "_give_back", slowly)
    async with dialling(engine, line) as dispatcher:
        await switch.next_call()
        assert dispatcher.busy == 4, "three wait for their turn"
        switch.legs_outside = 1
        await switch.next_call()
        await switch.next_call()
        assert given_back == ["no line is free"], "that one is still being written"
        switch.legs_outside = 0
        may_be_written.set()


async def test_nothing_is_claimed_while_nobody_would_hear_the_answer(engine: Engine) -> None:
    switch = await switch_for(engine, 1)
    switch.is_ready = False
    async with dialling(engine) as dispatcher:
        dispatcher.wake()
        assert len(await engine.attempts(AttemptState.READY)) == 1
    assert switch.orders.empty()


async def test_nothing_is_claimed_after_stop_all(engine: Engine) -> None:
    switch = await switch_for(engine, 1)
    await engine.store.write(lambda tx: tx.controls.set_stopped(True, "somebody", engine.clock()))
    async with dialling(engine) as dispatcher:
        dispatcher.wake()
        assert len(await engine.attempts(AttemptState.READY)) == 1
    assert switch.orders.empty()


async def test_when_it_stops_calls_that_are_up_are_ended_and_recorded(engine: Engine) -> None:
    switch = await switch_for(engine, 1, 2)
    async with dialling(engine):
        calls = [await switch.next_call() for _ in range(2)]
    assert all(call.hung_up for call in calls)
    assert len(await engine.attempts(AttemptState.CLOSED)) == 2


async def test_what_goes_wrong_with_one_attempt_stays_with_it(engine: Engine) -> None:
    switch = await switch_for(engine, 1, 2)
    broken, whole = switch.calls
    switch.breaks_for = broken
    with capture_logs() as logs:
        async with dialling(engine):
            await switch.next_call()
            await switch.next_call()
    assert (await engine.attempt(whole)).state is AttemptState.CLOSED
    assert (await engine.attempt(broken)).state is AttemptState.PLACING, "reconciliation will see to it"
    assert "an attempt broke down" in [entry["event"] for entry in logs]


async def test_a_call_that_can_not_be_prepared_rests_and_the_others_go_on(engine: Engine) -> None:
    found = {attempt.customer_id: attempt for attempt in await engine.find(1, 2)}
    spoiled, fine = found["c1"], found["c2"]
    call = RingingCall(report(fine.id, engine.clock(), CallResult.NO_ANSWER))
    switch = Switch({fine.id: call})
    world = replace(engine.world, telephony=switch)
    spoken = engine.speech.prepare

    async def prepare(segments: Collection[Segment]) -> None:
        if any("Customer 1" in segment.text for segment in segments):
            raise RuntimeError("a mistake of ours")
        await spoken(segments)

    engine.speech.prepare = prepare  # type: ignore[method-assign]
    with capture_logs() as logs:
        async with dialling(replace(engine, world=world)):
            order = await switch.orders.get()
    assert order.call_id == fine.id
    assert (await engine.attempt(spoiled.id)).state is AttemptState.READY
    assert (await engine.attempt(spoiled.id)).due_at > engine.clock()
    assert "a call could not be prepared" in [line["event"] for line in logs]
