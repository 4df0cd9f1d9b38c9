"""What a call that comes in asks of the store, and leaves in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa

from ivr.attempts.attempt import AttemptState
from ivr.calls.call_report import CallReport
from ivr.calls.call_result import CallResult
from ivr.engine.ports import CallStep, NewCall
from ivr.outcomes.disposition import Disposition
from ivr.store.tables.calls import call_alerts
from ivr.store.tables.outcomes import outcomes
from ivr.store.transaction import SqlTransaction
from tests.contract.samples import (
    NOW,
    add_due_attempt,
    add_placing_attempt,
    alert,
    new_call,
    outcome,
    record,
    take_epoch,
    usd,
)

MINUTE = timedelta(minutes=1)
CALLER = "+12025550001"


def inbound(call_id: str = "call-1") -> NewCall:
    return NewCall(
        id=call_id,
        attempt_id=None,
        direction="inbound",
        number=CALLER,
        trunk="carrier",
        caller_id="+18005550100",
        flow="toll-free",
        flow_version="f1",
        started_at=NOW,
        customer_id="c1",
        rule="payment-overdue",
    )


def ended(call_id: str = "call-1") -> CallReport:
    return CallReport(call_id, CallResult.ANSWERED, None, NOW, NOW + MINUTE)


def test_an_alert_is_found_by_its_reference(tx: SqlTransaction) -> None:
    tx.customers.put(record(1))
    tx.alerts.add(replace(alert(1), reference="123456788"))
    found = tx.alerts.by_reference("123456788")
    assert found is not None
    assert (found.id, found.reference) == ("alert1", "123456788")
    assert tx.alerts.by_reference("000000000") is None


def test_two_alerts_never_have_one_reference(tx: SqlTransaction) -> None:
    tx.customers.put(record(1))
    assert tx.alerts.add(replace(alert(1), reference="123456788"))
    assert not tx.alerts.add(replace(alert(1, "b"), reference="123456788"))


def test_the_most_urgent_alert_of_a_customer_comes_first(tx: SqlTransaction) -> None:
    tx.customers.put(record(1))
    tx.customers.put(record(2))
    for key, priority in (("-old", 0), ("-urgent", 60), ("-over", 90)):
        tx.alerts.add(replace(alert(1, key), priority=priority))
    tx.alerts.add(alert(2))
    tx.alerts.end("alert1-over", alert(1).state.SETTLED, "paid", NOW)
    assert [each.id for each in tx.alerts.open_of("c1")] == ["alert1-urgent", "alert1-old"]


def test_a_call_that_came_in_is_kept_with_what_it_was_about(tx: SqlTransaction) -> None:
    add_due_attempt(tx)
    tx.calls.open(inbound())
    tx.calls.add_alert("call-1", "alert1", "primary")
    tx.calls.add_alert("call-1", "alert1", "primary")
    rows = tx.connection.execute(sa.select(call_alerts)).all()
    assert [(row.call_id, row.alert_id, row.role) for row in rows] == [("call-1", "alert1", "primary")]
    assert tx.calls.get("call-1") == inbound()


def test_an_outcome_of_a_call_that_came_in_has_no_attempt(tx: SqlTransaction) -> None:
    attempt, _ = add_placing_attempt(tx)
    tx.outcomes.add(outcome(attempt), [])
    for number in (1, 2):
        said = replace(outcome(attempt), id=f"o{number}", attempt_id=None, call_id=f"call-{number}")
        tx.outcomes.add(replace(said, disposition=Disposition.PAYMENT), ["history"])
    rows = tx.connection.execute(sa.select(outcomes).where(outcomes.c.attempt_id.is_(None))).all()
    assert sorted(row.call_id for row in rows) == ["call-1", "call-2"]
    entry = tx.outcomes.due_entries(NOW, 1)[0]
    assert entry.payload["call_id"] == "call-1"


def test_whether_we_called_a_number_is_known(tx: SqlTransaction) -> None:
    attempt, _ = add_placing_attempt(tx)
    tx.calls.open(new_call(attempt))
    assert tx.calls.was_placed_to(attempt.address, NOW)
    assert not tx.calls.was_placed_to(attempt.address, NOW + MINUTE)
    assert not tx.calls.was_placed_to("+12025559999", NOW)


def test_a_call_that_the_caller_lost_is_found_again(tx: SqlTransaction) -> None:
    tx.customers.put(record(1))
    tx.calls.open(inbound())
    assert tx.calls.dropped_of(CALLER, NOW) is None, "it is still up"
    tx.calls.close(ended())
    assert tx.calls.dropped_of(CALLER, NOW) == inbound()
    assert tx.calls.dropped_of(CALLER, NOW + 2 * MINUTE) is None, "long ago"


def test_a_call_that_we_ended_was_not_lost(tx: SqlTransaction) -> None:
    tx.customers.put(record(1))
    tx.calls.open(inbound())
    tx.calls.close(ended())
    tx.calls.add_steps("call-1", [CallStep(1, NOW, "", "hangup", {"reason": "finished"})])
    assert tx.calls.dropped_of(CALLER, NOW) is None


def test_a_waiting_attempt_is_put_off_or_brought_forward(tx: SqlTransaction) -> None:
    attempt_id = add_due_attempt(tx, bonus=30)
    assert tx.attempts.move_ready("alert1", NOW + MINUTE) == 1
    assert tx.attempts.move_ready("alert1", NOW) == 0, "it is due later already"
    assert tx.attempts.get(attempt_id).due_at == NOW + MINUTE
    assert tx.attempts.move_ready("alert1", NOW, earlier=True) == 1
    epoch = take_epoch(tx)
    [claimed] = tx.attempts.claim_due("engine", epoch, NOW, 1, NOW + MINUTE)
    assert tx.attempts.move_ready("alert1", NOW + MINUTE) == 0, "somebody has it in hand"
    assert tx.attempts.get(claimed.id).state is AttemptState.CLAIMED


def test_accounts_come_with_what_is_longest_due_first(tx: SqlTransaction) -> None:
    one = record(1)
    paid = replace(one.accounts[0], id="a-paid", amount_due=usd(0), due_on=None)
    later = replace(one.accounts[0], id="a-later", due_on=NOW.date())
    tx.customers.put(replace(one, accounts=[paid, later, one.accounts[0]]))
    assert [account.id for account in tx.customers.accounts_of("c1")] == ["a1", "a-later", "a-paid"]


def test_the_last_payment_is_known(tx: SqlTransaction) -> None:
    tx.customers.put(record(1))
    assert tx.customers.last_payment("a1") is None
    tx.customers.apply_payment("a1", usd(100), "one", NOW)
    tx.customers.apply_payment("a1", usd(200), "two", NOW + MINUTE)
    assert tx.customers.last_payment("a1") == (usd(200), NOW + MINUTE)
