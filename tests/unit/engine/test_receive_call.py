"""A caller is answered, led through the flow of the number, and written down; nobody else is harmed."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

from ivr.calls.call_result import CallResult
from ivr.engine.receive_call import receive_call
from ivr.engine.reception import Reception
from ivr.engine.reconcile_calls import reconcile_calls
from ivr.engine.reconcile_received_calls import reconcile_received_calls
from ivr.engine.telephony import AgentTook, IncomingCall, SpeechBroke
from ivr.engine.world import Evidence
from ivr.errors import AriUnavailableError, FencedError
from ivr.flows.events import FlowEvent, HungUp
from ivr.store.tables.calls import call_steps, calls
from ivr.store.tables.customers import suppressions
from ivr.store.transaction import SqlTransaction
from tests.contract.samples import NOW, record, take_epoch
from tests.unit.engine.conftest import Engine
from tests.unit.engine.scripted import HEARD, ScriptedCall, keys, report

DESK = Reception({"+18005550100": "front-desk", "+18005550101": "gone"}, "US", 600)
GREETING = "Thank you for calling Sample Bank."


def call_of(engine: Engine, *events: FlowEvent | str, call_id: str = "call-1") -> ScriptedCall:
    return ScriptedCall(call_id, report(call_id, engine.clock(), CallResult.ANSWERED), list(events))


def incoming(caller: str = "+12025550001", dialled: str = "+18005550100") -> IncomingCall:
    return IncomingCall(dialled, caller, "carrier")


async def serve(engine: Engine, call: ScriptedCall, who: IncomingCall) -> bool:
    return await receive_call(engine.world, engine.contents, DESK, lambda _: None, call, who)


def rows(tx: SqlTransaction) -> list[Any]:
    return list(tx.connection.execute(sa.select(calls)))


def steps(tx: SqlTransaction) -> list[str]:
    return list(tx.connection.execute(sa.select(call_steps.c.kind).order_by(call_steps.c.seq)).scalars())


def suppressed(tx: SqlTransaction) -> set[tuple[str | None, str | None, str | None]]:
    found = tx.connection.execute(sa.select(suppressions))
    return {(row.customer_id, row.address, row.topic) for row in found}


async def test_a_caller_is_led_to_the_recorded_end(engine: Engine) -> None:
    call = call_of(engine, HEARD, *keys("1"), HEARD, *keys("1"), HEARD, *keys("5"), *keys("5"), HEARD)
    assert await serve(engine, call, incoming())
    assert call.said[0] == GREETING
    assert "We are open from Monday to Friday, from eight in the morning to six in the evening." in call.said
    assert (call.answered_for, call.hung_up) == (600, True)
    [row] = await engine.store.read(rows)
    assert (row.direction, row.attempt_id, row.customer_id) == ("inbound", None, None)
    assert (row.number, row.caller_id, row.trunk) == ("+12025550001", "+18005550100", "carrier")
    assert (row.flow, row.call_result) == ("front-desk", CallResult.ANSWERED)
    assert row.ended_at is not None
    assert "said" in await engine.store.read(steps)


async def test_a_customer_is_spoken_to_in_their_language(engine: Engine) -> None:
    maria = record(1, address="+12025550001")
    maria = replace(maria, customer=replace(maria.customer, language="es"))
    await engine.store.write(lambda tx: tx.customers.put(maria))
    call = call_of(engine)
    await serve(engine, call, incoming())
    assert call.said[0] == "Gracias por llamar a Sample Bank."
    [row] = await engine.store.read(rows)
    assert row.customer_id == "c1"


async def test_who_withholds_the_number_is_offered_nothing_that_needs_one(engine: Engine) -> None:
    call = call_of(engine, HEARD)
    await serve(engine, call, incoming(caller="anonymous"))
    assert "To end this call, press 5." in call.said
    assert not any("press 9" in words for words in call.said)
    [row] = await engine.store.read(rows)
    assert row.number == ""


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (False, {(None, "+12025550001", None)}),
        (True, {(None, "+12025550001", None), ("c1", None, None)}),
    ],
)
async def test_a_wish_not_to_be_called_holds_for_the_number_and_whoever_has_it(
    engine: Engine, known: bool, expected: set[tuple[str | None, str | None, str | None]]
) -> None:
    if known:
        await engine.store.write(lambda tx: tx.customers.put(record(1, address="+12025550001")))
    call = call_of(engine, HEARD, *keys("9"), HEARD)
    await serve(engine, call, incoming())
    assert "We will not call this number any more." in call.said
    assert await engine.store.read(suppressed) == expected


@pytest.mark.parametrize("dialled", ["+18005550199", "+18005550101", ""])
async def test_a_number_that_nobody_serves_is_not_answered(engine: Engine, dialled: str) -> None:
    call = call_of(engine)
    with capture_logs():
        assert not await serve(engine, call, incoming(dialled=dialled))
    assert (call.answered_for, call.said) == (None, [])
    assert await engine.store.read(rows) == []


async def test_a_caller_who_gives_up_before_the_answer_is_written_down(engine: Engine) -> None:
    call = ScriptedCall("call-1", report("call-1", engine.clock(), CallResult.CANCELLED))
    assert await serve(engine, call, incoming())
    [row] = await engine.store.read(rows)
    assert (row.call_result, row.answered_at) == (CallResult.CANCELLED, None)


async def test_a_flow_that_breaks_down_ends_that_call_and_is_told(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks(segments: object) -> object:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(engine.speech, "files", breaks)
    call = call_of(engine)
    with capture_logs() as logs:
        assert await serve(engine, call, incoming())
    assert call.hung_up
    assert "the flow can't go on" in [entry["event"] for entry in logs]
    [row] = await engine.store.read(rows)
    assert row.ended_at is not None


async def test_a_switch_that_does_not_answer_ends_that_call_and_is_told(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(max_duration: float) -> None:
        raise AriUnavailableError("no answer")

    call = ScriptedCall("call-1", report("call-1", engine.clock(), CallResult.CANCELLED))
    monkeypatch.setattr(call, "answer", fails)
    with capture_logs() as logs:
        assert await serve(engine, call, incoming())
    assert (call.hung_up, len(logs)) == (True, 1)
    [row] = await engine.store.read(rows)
    assert row.call_result == CallResult.CANCELLED


async def test_an_engine_that_was_replaced_takes_no_call(engine: Engine) -> None:
    later = await engine.store.write(
        lambda tx: take_epoch(tx, "another", at=engine.clock().replace(year=2027))
    )
    assert later > engine.world.owner.epoch
    with pytest.raises(FencedError):
        await serve(engine, call_of(engine), incoming())
    assert await engine.store.read(rows) == []


async def begun(engine: Engine, *events: FlowEvent | str) -> None:
    """Let an engine die in the middle of a call."""

    class Dies(ScriptedCall):
        async def next_event(self, within: float | None) -> FlowEvent | SpeechBroke | AgentTook:
            event = await super().next_event(within)
            if isinstance(event, HungUp):
                raise asyncio.CancelledError
            return event

    dies = Dies("call-1", report("call-1", engine.clock(), CallResult.ANSWERED), list(events))
    with pytest.raises(asyncio.CancelledError):
        await serve(engine, dies, incoming())


async def test_after_a_crash_a_call_that_is_up_goes_on_at_its_last_confirmed_step(engine: Engine) -> None:
    await begun(engine, HEARD, *keys("2"), HEARD)
    tasks: list[asyncio.Task[None]] = []
    call = call_of(engine, HEARD)
    await reconcile_calls(engine.world, engine.contents, [], [call], tasks.append)
    await asyncio.gather(*tasks)
    assert call.said[:2] == [
        "We are sorry for the interruption.",
        "We are sorry, nobody is free to talk to you right now.",  # asked anew: nobody knows who is free
    ]
    [row] = await engine.store.read(rows)
    assert row.ended_at is not None


async def test_a_call_that_never_came_to_a_checkpoint_begins_anew(engine: Engine) -> None:
    await begun(engine)
    tasks: list[asyncio.Task[None]] = []
    call = call_of(engine)
    await reconcile_calls(engine.world, engine.contents, [], [call], tasks.append)
    await asyncio.gather(*tasks)
    assert call.said == [GREETING]


async def test_the_end_of_a_call_that_nobody_saw_is_read_from_the_switch(engine: Engine) -> None:
    await begun(engine, HEARD, *keys("9"))
    end = report("call-1", engine.clock(), CallResult.ANSWERED)
    engine.records.known = {"call-1": Evidence(None, was_dialled=True, report=end)}
    assert await reconcile_received_calls(engine.world, engine.contents, live=()) == 1
    [row] = await engine.store.read(rows)
    assert (row.call_result, row.ended_at) == (CallResult.ANSWERED, end.ended_at)
    assert (None, "+12025550001", None) in await engine.store.read(suppressed), "the wish was carried out"
    assert await reconcile_received_calls(engine.world, engine.contents, live=()) == 0


async def test_a_call_that_is_up_is_not_closed(engine: Engine) -> None:
    await begun(engine)
    assert await reconcile_received_calls(engine.world, engine.contents, live={"call-1"}) == 0


async def test_without_records_it_ended_when_nobody_knows(engine: Engine) -> None:
    await begun(engine)
    engine.clock.advance(seconds=30)
    await reconcile_received_calls(engine.world, engine.contents, live=())
    [row] = await engine.store.read(rows)
    assert (row.call_result, row.ended_at, row.q850) == (CallResult.ANSWERED, engine.clock(), None)


async def test_a_call_whose_talk_can_not_be_read_is_closed_all_the_same(engine: Engine) -> None:
    await begun(engine)
    await engine.store.write(lambda tx: tx.calls.save_checkpoint("call-1", "no state", NOW))
    with capture_logs() as logs:
        await reconcile_received_calls(engine.world, engine.contents, live=())
    assert [entry["event"] for entry in logs] == ["the talk of a call that came in is lost"]
    [row] = await engine.store.read(rows)
    assert row.ended_at is not None


async def test_a_call_that_is_up_and_can_not_go_on_is_ended_and_closed(engine: Engine) -> None:
    await begun(engine)
    await engine.store.write(lambda tx: tx.calls.save_checkpoint("call-1", "no state", NOW))
    tasks: list[asyncio.Task[None]] = []
    call = call_of(engine)
    with capture_logs() as logs:
        await reconcile_calls(engine.world, engine.contents, [], [call], tasks.append)
        await asyncio.gather(*tasks)
    assert "a call could not be picked up and is ended" in [entry["event"] for entry in logs]
    assert call.hung_up
    [row] = await engine.store.read(rows)
    assert row.ended_at is not None
