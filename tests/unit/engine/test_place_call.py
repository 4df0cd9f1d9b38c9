"""One attempt from the last check to its recorded end."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

from ivr.attempts.attempt import AttemptState
from ivr.calls.call_result import CallResult
from ivr.calls.hangup_cause import HangupCause
from ivr.engine.content import Content, Contents
from ivr.engine.opt_out import opt_out
from ivr.engine.place_call import place_call, prepare_call
from ivr.engine.read_models import CustomerLine
from ivr.errors import AriRefusedError, AriUnavailableError
from ivr.money import Money
from ivr.store.reports import customer_lines
from ivr.store.tables.calls import call_steps
from ivr.store.transaction import SqlTransaction
from tests.unit.engine.conftest import EASTERN, LINE, Engine, with_answering
from tests.unit.engine.scripted import HEARD, ScriptedCall, keys, report

BUSY = HangupCause(17, "User busy", sip=486)


async def dial(engine: Engine, answer: ScriptedCall | Exception | None = None) -> str:
    """Place the call that is due, answered by the script; return the attempt's id."""
    facts = await engine.claim()
    if answer is not None:
        engine.telephony.answers.append(answer)
    session = await prepare_call(engine.world, engine.contents, facts)
    await place_call(engine.world, engine.contents, facts, session, LINE)
    return facts.attempt.id


async def line_of(engine: Engine) -> CustomerLine:
    [line] = await engine.store.read(customer_lines)
    return line


def answered(engine: Engine, attempt_id: str, *events: object) -> ScriptedCall:
    end = report(attempt_id, engine.clock(), CallResult.ANSWERED)
    return ScriptedCall(attempt_id, end, list(events))  # type: ignore[arg-type]


async def test_speech_is_ready_before_anything_is_dialled(engine: Engine) -> None:
    facts = await engine.found_and_claimed()
    await prepare_call(engine.world, engine.contents, facts)
    assert any("one hundred twenty-three dollars" in text for text in engine.speech.prepared)
    assert engine.telephony.orders == []


async def test_the_switch_is_given_the_attempts_id_the_caller_id_and_limits(engine: Engine) -> None:
    [attempt] = await engine.find(1)
    await dial(engine, ScriptedCall(attempt.id, report(attempt.id, engine.clock(), CallResult.BUSY, BUSY)))
    [order] = engine.telephony.orders
    assert (order.call_id, order.number, order.trunk) == (attempt.id, attempt.address, "carrier")
    assert (order.caller_id, order.ring_timeout, order.max_duration) == ("+12025550100", 30, 600)


@pytest.mark.parametrize("listen", [True, False])
async def test_its_rule_says_whether_it_is_listened_who_picks_up(
    engine: Engine, content: Content, listen: bool
) -> None:
    engine.contents = Contents(with_answering(content, listen=listen))
    [attempt] = await engine.find(1)
    await dial(engine, ScriptedCall(attempt.id, report(attempt.id, engine.clock(), CallResult.BUSY, BUSY)))
    [order] = engine.telephony.orders
    assert (order.listening is not None) == listen


async def test_a_busy_line_is_tried_again_after_the_wait_counted_from_the_end_of_the_call(
    engine: Engine,
) -> None:
    [attempt] = await engine.find(1)
    engine.clock.advance(minutes=3)
    await dial(engine, ScriptedCall(attempt.id, report(attempt.id, engine.clock(), CallResult.BUSY, BUSY)))
    made, again = await engine.attempts()
    assert (made.state, made.result, made.disposition) == ("closed", "busy", "no_contact")
    assert (again.state, again.attempt_no) == ("ready", 2)
    assert again.due_at == engine.clock() + timedelta(minutes=5)


async def test_a_wrong_person_is_noted_and_their_number_is_left_alone(engine: Engine) -> None:
    [attempt] = await engine.find(1)
    call = answered(engine, attempt.id, HEARD, *keys("2"), HEARD)
    await dial(engine, call)
    assert call.hung_up
    line = await line_of(engine)
    assert [each.value for each in line.dispositions] == ["wrong_party"]
    [point] = await engine.store.read(lambda tx: tx.customers.contact_points("c1"))
    assert not point.usable
    assert await engine.alert_state(attempt.alert_id) == "exhausted"


async def test_a_call_that_the_switch_refuses_is_recorded_as_unreachable(engine: Engine) -> None:
    await engine.find(1)
    await dial(engine, AriRefusedError(500, "Allocation failed"))
    made, again = await engine.attempts()
    assert (made.state, made.result) == ("closed", "unreachable")
    assert again.state == "ready"


async def test_a_call_of_which_nobody_knows_whether_it_was_dialled_stays_placing(engine: Engine) -> None:
    await engine.find(1)
    attempt_id = await dial(engine, AriUnavailableError("no answer"))
    assert (await engine.attempt(attempt_id)).state is AttemptState.PLACING
    assert len(await engine.attempts()) == 1


async def test_an_attempt_is_placing_on_disk_before_the_switch_is_asked(engine: Engine) -> None:
    [attempt] = await engine.find(1)
    seen: list[AttemptState] = []
    place = engine.telephony.place

    async def place_and_look(order: object) -> object:
        seen.append((await engine.attempt(attempt.id)).state)
        return await place(order)  # type: ignore[arg-type]

    engine.telephony.place = place_and_look  # type: ignore[assignment]
    await dial(engine, ScriptedCall(attempt.id, report(attempt.id, engine.clock(), CallResult.BUSY, BUSY)))
    assert seen == [AttemptState.PLACING]


async def test_stop_all_between_claim_and_originate_places_nothing_and_says_why(engine: Engine) -> None:
    facts = await engine.found_and_claimed()
    session = await prepare_call(engine.world, engine.contents, facts)
    await engine.store.write(lambda tx: tx.controls.set_stopped(True, "somebody", engine.clock()))
    decision = await place_call(engine.world, engine.contents, facts, session, LINE)
    assert decision is not None
    assert decision.reason == "stopped"
    attempt = await engine.attempt(facts.attempt.id)
    assert (attempt.state, attempt.due_at) == ("ready", engine.clock() + timedelta(seconds=10))
    assert engine.telephony.orders == []


async def test_an_opt_out_between_claim_and_originate_places_nothing(engine: Engine) -> None:
    facts = await engine.found_and_claimed()
    session = await prepare_call(engine.world, engine.contents, facts)
    number = facts.attempt.address
    await engine.store.write(
        lambda tx: opt_out(tx, "somebody else", number, "payments", "keypad", engine.clock())
    )
    decision = await place_call(engine.world, engine.contents, facts, session, LINE)
    assert decision is not None
    assert decision.reason == "address_opted_out"
    assert (await engine.attempt(facts.attempt.id)).state is AttemptState.CANCELLED
    assert await engine.alert_state(facts.alert.id) == "exhausted"
    assert engine.telephony.orders == []


async def test_the_hour_is_asked_again_at_the_originate(engine: Engine) -> None:
    facts = await engine.found_and_claimed()
    session = await prepare_call(engine.world, engine.contents, facts)
    engine.clock.now = datetime(2026, 3, 2, 21, 0, tzinfo=EASTERN)
    decision = await place_call(engine.world, engine.contents, facts, session, LINE)
    assert decision is not None
    assert decision.reason == "outside_calling_hours"
    attempt = await engine.attempt(facts.attempt.id)
    assert attempt.due_at == datetime(2026, 3, 3, 8, 0, tzinfo=EASTERN)


async def test_a_call_on_which_nothing_can_be_said_is_ended_and_recorded(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    [attempt] = await engine.find(1)
    call = answered(engine, attempt.id)

    async def breaks(*_: object) -> None:
        raise RuntimeError("the disk is gone")

    monkeypatch.setattr(call, "play", breaks)
    with capture_logs() as logs:
        await dial(engine, call)
    assert call.hung_up
    assert (await engine.attempt(attempt.id)).state is AttemptState.CLOSED
    assert [entry["log_level"] for entry in logs] == ["error", "error"], "the speech, then the good-bye"


async def test_an_answer_that_can_not_be_taken_is_a_good_bye(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> None:
        raise RuntimeError("nobody thought of this")

    [attempt] = await engine.find(1)
    call = answered(engine, attempt.id, HEARD)
    monkeypatch.setattr("ivr.engine.place_call.take_answer", breaks)
    with capture_logs() as logs:
        await dial(engine, call)
    assert call.said == ["Thank you.", "Goodbye."]
    assert call.hung_up
    assert [entry["log_level"] for entry in logs] == ["error"]


async def test_an_unanswered_call_whose_end_nobody_saw_is_left_to_reconciliation(engine: Engine) -> None:
    [attempt] = await engine.find(1)
    await dial(
        engine, ScriptedCall(attempt.id, report(attempt.id, engine.clock(), CallResult.FAILED, cause=None))
    )
    assert (await engine.attempt(attempt.id)).state is AttemptState.PLACING


async def test_who_paid_while_it_rang_hears_a_good_bye_and_nothing_of_the_matter(engine: Engine) -> None:
    [attempt] = await engine.find(1)
    facts = await engine.claim()
    prepared = await prepare_call(engine.world, engine.contents, facts)
    call = answered(engine, attempt.id, HEARD)
    engine.telephony.answers.append(call)
    engine.telephony.while_ringing = lambda: pay_all(engine, facts.account.id, facts.account.amount_due)
    await place_call(engine.world, engine.contents, facts, prepared, LINE)
    assert await said_in(engine, attempt.id) == ["Thank you. Goodbye."]
    assert call.hung_up


async def pay_all(engine: Engine, account_id: str, amount: Money) -> None:
    await engine.store.write(
        lambda tx: tx.customers.apply_payment(account_id, amount, "web-1", engine.clock())
    )


async def said_in(engine: Engine, call_id: str) -> list[str]:
    def read(tx: SqlTransaction) -> list[str]:
        query = sa.select(call_steps.c.detail).where(
            call_steps.c.call_id == call_id, call_steps.c.kind == "said"
        )
        return [detail["text"] for detail in tx.connection.execute(query).scalars()]

    return await engine.store.read(read)


async def test_an_attempt_whose_claim_was_lost_is_left_to_whoever_has_it(engine: Engine) -> None:
    facts = await engine.found_and_claimed()
    prepared = await prepare_call(engine.world, engine.contents, facts)
    owner, now = engine.world.owner, engine.clock()
    await engine.store.write(lambda tx: tx.attempts.placing(facts.attempt.id, owner.epoch, now))
    decision = await place_call(engine.world, engine.contents, facts, prepared, LINE)
    assert decision is not None
    assert decision.reason == "claim_lost"
    assert engine.telephony.orders == []
    assert (await engine.attempt(facts.attempt.id)).state is AttemptState.PLACING


async def test_what_the_switch_was_not_there_to_dial_is_no_try_of_the_customers(engine: Engine) -> None:
    await engine.find(1)
    attempt_id = await dial(engine, AriRefusedError(None, "no event socket"))
    attempt = await engine.attempt(attempt_id)
    assert (attempt.state, attempt.result) == (AttemptState.READY, None)
    assert attempt.due_at > engine.clock()
