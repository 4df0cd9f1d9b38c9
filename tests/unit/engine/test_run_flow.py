"""A call is led through its flow: what is said, stored and done."""

from __future__ import annotations

from typing import Any

import pytest
from structlog.testing import capture_logs

from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.calls.call_result import CallResult
from ivr.engine.run_flow import Talk, run_flow
from ivr.engine.start_session import start_session
from ivr.errors import FlowError
from ivr.flows.events import Pressed
from ivr.flows.state import dump_state, load_state
from ivr.flows.turn import Turn
from ivr.payments.intent import ChargeResult, IntentState
from tests.unit.engine.conftest import Engine
from tests.unit.engine.scripted import DECLINED, HEARD, SUCCEEDED, ScriptedCall, keys, report

YES = keys("1")
TO_PAYMENT = [*YES, HEARD, *YES, HEARD, *YES, HEARD]
"""Name confirmed, details heard, "pay" chosen, summary heard, payment confirmed, "one moment" heard."""


async def talk(engine: Engine, facts: EligibilityFacts, *events: object) -> tuple[Talk, ScriptedCall]:
    end = report(facts.attempt.id, engine.clock(), CallResult.ANSWERED)
    call = ScriptedCall(facts.attempt.id, end, list(events))  # type: ignore[arg-type]
    session = (await start_session(engine.world, engine.contents, facts)).session
    talked = Talk()
    await run_flow(engine.host(call, facts), session, talked, engine.clock())
    return talked, call


def meant(talk: Talk) -> list[str]:
    return [response.value for response, _ in talk.responses]


async def test_a_payment_is_charged_booked_and_thanked_for(engine: Engine) -> None:
    facts = await engine.placed()
    engine.gateway.confirms = [SUCCEEDED]
    talked, call = await talk(engine, facts, *TO_PAYMENT, HEARD)
    assert meant(talked) == ["paid"]
    assert call.hung_up
    account = await engine.store.read(lambda tx: tx.customers.account("a1"))
    assert account is not None
    assert account.amount_due.minor == 0


async def test_a_decline_is_said_and_books_nothing(engine: Engine) -> None:
    facts = await engine.placed()
    engine.gateway.confirms = [DECLINED]
    talked, call = await talk(engine, facts, *TO_PAYMENT, HEARD)
    assert meant(talked) == ["payment_declined", "hung_up"]
    assert "Your payment did not go through, and nothing was charged." in call.said


async def test_a_payment_of_which_nobody_knows_the_end_is_told_as_such(engine: Engine) -> None:
    facts = await engine.placed()
    engine.gateway.confirms, engine.gateway.look_ups = [None], [ChargeResult(IntentState.UNKNOWN)]
    talked, call = await talk(engine, facts, *TO_PAYMENT, HEARD)
    assert meant(talked) == ["payment_unknown"]
    assert "Please do not pay again." in call.said


async def test_an_opt_out_is_on_disk_when_its_sentence_begins(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = await engine.placed()
    suppressed: list[bool] = []
    files = engine.speech.files

    async def files_after_a_look(segments: object) -> object:
        again = await engine.store.read(
            lambda tx: tx.attempts.eligibility([facts.attempt.id], engine.clock())
        )
        suppressed.append(bool(again[0].suppressions))
        return await files(segments)  # type: ignore[arg-type]

    monkeypatch.setattr(engine.speech, "files", files_after_a_look)
    talked, _ = await talk(engine, facts, *keys("9"), HEARD)
    assert meant(talked) == ["opted_out"]
    assert suppressed == [False, True]


async def test_a_key_cuts_the_speech_that_is_on_the_line(engine: Engine) -> None:
    facts = await engine.placed()
    _, call = await talk(engine, facts, *keys("2"), HEARD)
    assert len(call.cut) == 1


async def test_a_later_engine_goes_on_from_the_last_confirmed_step(engine: Engine) -> None:
    facts = await engine.placed()
    session = (await start_session(engine.world, engine.contents, facts)).session
    confirmed = session.resume(session.start().state, Pressed("1")).state
    end = report(facts.attempt.id, engine.clock(), CallResult.ANSWERED)
    call = ScriptedCall(facts.attempt.id, end, [HEARD, HEARD, *keys("4"), HEARD])
    talked = Talk(load_state(dump_state(confirmed)))
    await run_flow(engine.host(call, facts), session, talked, engine.clock())
    assert call.said[0] == "We are sorry for the interruption."
    assert not any("If you are" in text for text in call.said), "nobody is asked for the name again"
    assert meant(talked) == ["already_paid"]


async def test_what_was_meant_is_stored_before_the_next_word_is_said(engine: Engine) -> None:
    facts = await engine.placed()
    await talk(engine, facts, *YES, HEARD, *keys("4"))
    saved = await engine.store.read(lambda tx: tx.calls.checkpoint(facts.attempt.id))
    assert saved is not None
    assert [response.value for response, _ in load_state(saved).responses] == ["already_paid"]


OUR_MISTAKES = [FlowError("a prompt speaks of what is not there"), TypeError("days are no moments")]


async def broken_talk(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, breaks: str, error: Exception
) -> ScriptedCall:
    """Return a call whose session raises `error` the first time that its method `breaks` is called."""
    facts = await engine.placed()
    session = (await start_session(engine.world, engine.contents, facts)).session
    works, called = getattr(session, breaks), 0

    def fails_at_first(*arguments: Any) -> Turn:
        nonlocal called
        called += 1
        if called == 1:
            raise error
        turn: Turn = works(*arguments)
        return turn

    monkeypatch.setattr(session, breaks, fails_at_first)
    end = report(facts.attempt.id, engine.clock(), CallResult.ANSWERED)
    call = ScriptedCall(facts.attempt.id, end, [HEARD, HEARD])
    with capture_logs() as logs:
        await run_flow(engine.host(call, facts), session, Talk(), engine.clock())
    assert [entry["log_level"] for entry in logs] == ["error"]
    return call


@pytest.mark.parametrize("error", OUR_MISTAKES, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("breaks", ["start", "resume"])
async def test_a_flow_that_can_not_go_on_says_good_bye_and_tells_us_loudly(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, breaks: str, error: Exception
) -> None:
    call = await broken_talk(engine, monkeypatch, breaks, error)
    assert call.said[-2:] == ["Thank you.", "Goodbye."]
    assert call.hung_up


async def test_an_effect_that_breaks_down_is_followed_by_a_good_bye(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks(*_: object) -> None:
        raise RuntimeError("nobody thought of this")

    monkeypatch.setattr(engine.gateway, "confirm", breaks)
    facts = await engine.placed()
    with capture_logs() as logs:
        _, call = await talk(engine, facts, *TO_PAYMENT, HEARD)
    assert call.said[-2:] == ["Thank you.", "Goodbye."]
    assert call.hung_up
    assert "error" in [entry["log_level"] for entry in logs]


async def test_a_call_is_ended_even_where_its_last_turn_broke_down(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = await engine.placed()
    session = (await start_session(engine.world, engine.contents, facts)).session
    end = report(facts.attempt.id, engine.clock(), CallResult.ANSWERED)
    call, hang_up, asked = ScriptedCall(facts.attempt.id, end, [*keys("2"), HEARD]), ScriptedCall.hang_up, 0

    async def fails_at_first() -> None:
        nonlocal asked
        asked += 1
        if asked == 1:
            raise RuntimeError("nobody thought of this")
        await hang_up(call)

    monkeypatch.setattr(call, "hang_up", fails_at_first)
    await run_flow(engine.host(call, facts), session, Talk(), engine.clock())
    assert call.hung_up
