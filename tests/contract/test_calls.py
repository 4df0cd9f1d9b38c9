"""Calls are opened, answered, stepped through and closed once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from ivr.calls.aftermath import Aftermath
from ivr.calls.answered_by import AnsweredBy
from ivr.calls.call_report import CallReport, MediaQuality
from ivr.calls.call_result import CallResult
from ivr.calls.hangup_cause import HangupCause
from ivr.engine.ports import CallStep, NewCall
from ivr.engine.read_models import AnswerScoreLine
from ivr.errors import StoreError
from ivr.store.reports import answer_score_lines
from ivr.store.tables.calls import call_steps, calls
from ivr.store.transaction import SqlTransaction
from tests.contract.samples import NOW, add_placing_attempt, new_call


def after(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


def report(call_id: str) -> CallReport:
    return CallReport(
        call_id=call_id,
        result=CallResult.ANSWERED,
        cause=HangupCause(16, "Normal Clearing", 200, "OK"),
        started_at=NOW,
        ended_at=NOW + after(30),
        ringing_at=NOW + after(1.5),
        answered_at=NOW + after(6),
        answered_by=AnsweredBy.HUMAN,
        sip_call_id="abc@carrier",
        media=MediaQuality("ulaw", 1200, 1190, 10, 2.5),
    )


@pytest.fixture
def call_id(tx: SqlTransaction) -> str:
    attempt, _epoch = add_placing_attempt(tx)
    tx.calls.open(new_call(attempt))
    return attempt.id


def test_a_call_comes_back_as_it_was_opened(tx: SqlTransaction, call_id: str) -> None:
    call = tx.calls.get(call_id)
    assert call == new_call(tx.attempts.get(call_id))
    assert tx.calls.get("nobody") is None


def test_an_end_is_written_with_everything_known(tx: SqlTransaction, call_id: str) -> None:
    assert tx.calls.close(report(call_id))
    row = tx.connection.execute(sa.select(calls)).one()
    assert (row.call_result, row.answered_by) == (CallResult.ANSWERED, AnsweredBy.HUMAN)
    assert (row.q850, row.cause_text) == (16, "Normal Clearing")
    assert (row.sip_status, row.sip_reason) == (200, "OK")
    assert (row.post_dial_delay, row.ring_seconds) == (1.5, 4.5)
    assert (row.codec, row.rtp_sent, row.rtp_received, row.rtp_lost) == ("ulaw", 1200, 1190, 10)
    assert (row.jitter_ms, row.sip_call_id) == (2.5, "abc@carrier")
    assert (row.answered_at, row.ended_at) == (NOW + after(6), NOW + after(30))


def test_a_call_is_closed_once(tx: SqlTransaction, call_id: str) -> None:
    assert tx.calls.close(report(call_id))
    assert not tx.calls.close(report(call_id))


def test_the_moment_of_the_answer_is_the_first_that_was_told(tx: SqlTransaction, call_id: str) -> None:
    tx.calls.answered(call_id, NOW + after(5))
    tx.calls.answered(call_id, NOW + after(9))
    tx.calls.close(report(call_id))
    assert tx.connection.execute(sa.select(calls.c.answered_at)).scalar() == NOW + after(5)


def test_steps_are_kept_in_order(tx: SqlTransaction, call_id: str) -> None:
    steps = [CallStep(n, NOW, "menu", "said", {"prompt": "hello"}) for n in range(3)]
    tx.calls.add_steps(call_id, steps)
    tx.calls.add_steps(call_id, [])
    assert tx.connection.execute(sa.select(call_steps.c.seq)).scalars().all() == [0, 1, 2]
    with pytest.raises(sa.exc.IntegrityError):
        tx.calls.add_steps(call_id, steps[:1])


def test_a_checkpoint_replaces_the_last(tx: SqlTransaction, call_id: str) -> None:
    assert tx.calls.checkpoint(call_id) is None
    tx.calls.save_checkpoint(call_id, "one", NOW)
    tx.calls.save_checkpoint(call_id, "two", NOW)
    assert tx.calls.checkpoint(call_id) == "two"


def test_a_call_that_is_not_there_is_named(tx: SqlTransaction) -> None:
    with pytest.raises(StoreError, match="there is no call nobody"):
        tx.calls.answered("nobody", NOW)
    with pytest.raises(StoreError, match="there is no call nobody"):
        tx.calls.close(report("nobody"))


def received(call_id: str, direction: str = "inbound") -> NewCall:
    return NewCall(
        call_id, None, direction, "+12025550001", "carrier", "+18005550100", "front-desk", "f1", NOW,
        customer_id="c1",
    )  # fmt: skip


def test_a_call_that_came_in_comes_back_with_whom_it_may_be_from(tx: SqlTransaction) -> None:
    tx.calls.open(received("in-1"))
    assert tx.calls.get("in-1") == received("in-1")


def test_calls_that_came_in_are_found_until_their_end_is_written(tx: SqlTransaction, call_id: str) -> None:
    tx.calls.open(received("in-1"))
    tx.calls.open(replace(received("in-2"), started_at=NOW + after(1)))
    tx.calls.close(report("in-1"))
    assert [call.id for call in tx.calls.unended_inbound()] == ["in-2"], f"and never {call_id}"


def test_verdicts_on_who_answered_are_counted_by_trunk_and_by_what_they_came_to(
    tx: SqlTransaction, call_id: str
) -> None:
    for aftermath in (Aftermath.NO_KEY, Aftermath.VERIFIED, Aftermath.NO_KEY):
        tx.calls.score(call_id, AnsweredBy.MACHINE, aftermath)
    tx.calls.score(call_id, AnsweredBy.HUMAN, Aftermath.VERIFIED)
    opened = tx.calls.get(call_id)
    assert opened is not None
    assert set(answer_score_lines(tx)) == {
        AnswerScoreLine(opened.trunk, AnsweredBy.HUMAN, Aftermath.VERIFIED, 1),
        AnswerScoreLine(opened.trunk, AnsweredBy.MACHINE, Aftermath.NO_KEY, 2),
        AnswerScoreLine(opened.trunk, AnsweredBy.MACHINE, Aftermath.VERIFIED, 1),
    }
    with pytest.raises(StoreError):
        tx.calls.score("nobody", AnsweredBy.HUMAN, Aftermath.NO_KEY)


def test_who_took_a_call_is_known_while_it_is_up_and_for_a_while_after(
    tx: SqlTransaction, call_id: str
) -> None:
    tx.calls.open(received("in-1"))
    tx.calls.taken("in-1", "desk", NOW + after(8))
    tx.calls.close(replace(report("in-1"), taken_by=None))
    assert tx.calls.is_over("in-1")
    ended = tx.calls.last_taken_by("desk", NOW)
    assert ended is not None
    assert (ended.id, ended.taken_by) == ("in-1", "desk"), "a report that does not know it takes nothing back"
    assert tx.calls.last_taken_by("desk", NOW + after(31)) is None

    tx.calls.taken(call_id, "desk", NOW + after(20))
    assert not tx.calls.is_over(call_id)
    up = tx.calls.last_taken_by("desk", NOW + after(31))
    assert up is not None
    assert up.id == call_id
    assert tx.calls.last_taken_by("another", NOW) is None
