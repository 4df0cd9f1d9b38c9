"""What reports say is what the ledger holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from ivr.accounts.suppression import Suppression
from ivr.alerts.alert import AlertState, Forwarded
from ivr.attempts.attempt import AttemptState
from ivr.calls.call_report import CallReport
from ivr.calls.call_result import CallResult
from ivr.engine.read_models import AccountDue, CustomerLine, LedgerCounts
from ivr.outcomes.disposition import Disposition
from ivr.outcomes.response import Response
from ivr.store.reports import alert_lines, attempt_lines, customer_lines, ledger_counts
from ivr.store.transaction import SqlTransaction
from tests.contract.samples import (
    NOW,
    add_placing_attempt,
    alert,
    new_attempt,
    new_call,
    outcome,
    record,
    usd,
)


def test_a_line_tells_all_that_came_of_a_customer(tx: SqlTransaction) -> None:
    attempt, epoch = add_placing_attempt(tx)
    tx.calls.open(new_call(attempt))
    tx.calls.close(CallReport(attempt.id, CallResult.ANSWERED, None, NOW, NOW + timedelta(seconds=9)))
    tx.attempts.close(attempt.id, epoch, AttemptState.CLOSED, NOW, "answered", "payment")
    tx.outcomes.add(outcome(attempt), [])
    tx.attempts.add(new_attempt(attempt_no=2))
    tx.customers.add_suppression(Suppression(None, "+12025550001", "payments", NOW, "keypad"))
    tx.customers.put(record(2))
    first, second = customer_lines(tx)
    assert first == CustomerLine(
        customer_id="c1",
        name="Customer 1",
        number="+12025550001",
        attempts_made=1,
        states=(AttemptState.CLOSED, AttemptState.READY),
        last_call_result="answered",
        dispositions=(Disposition.PAYMENT,),
        responses=(Response.REPEATED, Response.PAID),
        accounts=(AccountDue("a1", usd(12_345)),),
        is_suppressed=True,
    )
    assert (second.attempts_made, second.states, second.last_call_result) == (0, (), None)
    assert not second.is_suppressed
    assert ledger_counts(tx) == LedgerCounts(
        by_state={AttemptState.CLOSED: 1, AttemptState.READY: 1},
        by_disposition={Disposition.PAYMENT: 1},
    )


def test_what_a_customer_says_in_a_call_that_came_in_is_told_too(tx: SqlTransaction) -> None:
    attempt, _ = add_placing_attempt(tx)
    said = replace(outcome(attempt), id="called in", attempt_id=None, call_id="in1")
    tx.outcomes.add(said, [])
    [line] = customer_lines(tx)
    assert (line.dispositions, line.responses) == (
        (Disposition.PAYMENT,),
        (Response.REPEATED, Response.PAID),
    )


def test_what_others_say_of_a_matter_that_was_passed_on_to_them_is_not(tx: SqlTransaction) -> None:
    attempt, _ = add_placing_attempt(tx)
    passed_on = replace(alert(1, "f"), forwarded=Forwarded(attempt.alert_id, "p1", None))
    tx.alerts.add(passed_on)
    tx.outcomes.add(
        replace(outcome(attempt), id="called in", alert_id=passed_on.id, attempt_id=None, call_id="in1"), []
    )
    [line] = customer_lines(tx)
    assert line.dispositions == ()


def test_attempts_and_alerts_are_told_one_by_one(tx: SqlTransaction) -> None:
    attempt, epoch = add_placing_attempt(tx)
    tx.calls.open(new_call(attempt))
    tx.attempts.close(attempt.id, epoch, AttemptState.CLOSED, NOW, "answered", "payment")
    tx.outcomes.add(outcome(attempt), [])
    tx.attempts.add(new_attempt(attempt_no=2))
    first, second = attempt_lines(tx)
    assert (first.attempt_id, first.customer_id, first.address) == (attempt.id, "c1", "+12025550001")
    assert (first.state, first.result, first.was_dialled) == (AttemptState.CLOSED, "answered", True)
    assert (first.disposition, first.responses) == (Disposition.PAYMENT, (Response.REPEATED, Response.PAID))
    assert (second.attempt_no, second.state, second.was_dialled) == (2, AttemptState.READY, False)
    assert (second.result, second.disposition, second.responses) == (None, None, ())
    (line,) = alert_lines(tx)
    assert (line.alert_id, line.customer_id, line.state) == (attempt.alert_id, "c1", AlertState.OPEN)
