"""What is kept of alerts that customers pass on, and what their calls are judged by."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.accounts.suppression import Suppression
from ivr.alerts.alert import Forwarded
from ivr.attempts.attempt import NewAttempt
from ivr.errors import StoreError
from ivr.outcomes.disposition import Disposition
from ivr.store.reports import customer_lines
from ivr.store.transaction import SqlTransaction
from tests.contract.samples import NOW, add_placing_attempt, alert, new_call, outcome, record

THEIRS = "+12025550999"
POINT = ContactPoint("theirs", "c1", Medium.VOICE, THEIRS, third_party=True)


def being_called(tx: SqlTransaction, number: int) -> str:
    """Let a customer's telephone ring; return the attempt."""
    attempt, _ = add_placing_attempt(tx, number)
    tx.calls.open(new_call(attempt))
    return attempt.id


def pass_on(tx: SqlTransaction, number: str = THEIRS) -> str:
    """Let customer 1, who is there, pass alert 1 on; return the attempt."""
    point = replace(POINT, address=number)
    tx.customers.add_third_party(point)
    to = Forwarded("alert1", point.id, "r1")
    passed_on = replace(alert(1), id="passed-on", dedupe_key="forward:alert1:theirs", forwarded=to)
    assert tx.alerts.add(passed_on)
    assert tx.alerts.get("passed-on") == passed_on
    attempt = NewAttempt("passed-on", "c1", 1, 1, 0, Medium.VOICE, point.id, number, NOW, NOW)
    attempt_id = tx.attempts.add(attempt)
    assert attempt_id is not None
    return attempt_id


def test_a_third_party_is_none_of_the_customers_numbers(tx: SqlTransaction) -> None:
    tx.customers.put(record(1))
    tx.alerts.add(alert(1))
    pass_on(tx)
    tx.customers.add_third_party(POINT)
    assert [point.id for point in tx.customers.contact_points("c1")] == ["p1"]
    assert tx.customers.at_number(THEIRS) == []
    assert tx.customers.contact_point("theirs") == POINT
    tx.customers.put(record(1))
    assert tx.customers.contact_point("theirs").usable, "the next import changes nothing"


def test_an_alert_that_is_sent_on_by_link_reaches_whoever_says_where(tx: SqlTransaction) -> None:
    tx.customers.put(record(1))
    tx.alerts.add(alert(1))
    to = Forwarded("alert1", None, "r1")
    passed_on = replace(alert(1), id="passed-on", dedupe_key="forward:alert1:link", forwarded=to)
    assert tx.alerts.add(passed_on)
    assert tx.alerts.get("passed-on") == passed_on
    tx.customers.add_third_party(POINT)
    later = NOW + timedelta(days=30)
    tx.alerts.reach("passed-on", POINT.id, later)
    assert tx.alerts.get("passed-on").forwarded == Forwarded("alert1", POINT.id, "r1")
    assert tx.alerts.get("passed-on").expires_at == later
    with pytest.raises(StoreError):
        tx.alerts.reach("alert1", POINT.id, later)


def test_an_attempt_that_waits_can_go_to_another_number(tx: SqlTransaction) -> None:
    attempt, epoch = add_placing_attempt(tx, 1)
    tx.customers.add_third_party(POINT)
    assert not tx.attempts.redirect_ready(attempt.id, POINT), "it rings"
    tx.attempts.release(attempt.id, epoch, NOW, "waits")
    assert tx.attempts.redirect_ready(attempt.id, POINT)
    moved = tx.attempts.get(attempt.id)
    assert (moved.contact_point_id, moved.address) == (POINT.id, POINT.address)


def test_an_alert_that_tells_of_another_comes_back_as_it_was_added(tx: SqlTransaction) -> None:
    tx.customers.put(record(1))
    telling = replace(alert(1), tells_of="passed-on")
    assert tx.alerts.add(telling)
    assert tx.alerts.get("alert1") == telling


def test_what_was_passed_on_is_counted_from_a_moment_on(tx: SqlTransaction) -> None:
    tx.customers.put(record(1))
    tx.alerts.add(alert(1))
    assert tx.alerts.forwards_since("c1", NOW) == 0
    pass_on(tx)
    assert tx.alerts.forwards_since("c1", NOW) == 1
    assert tx.alerts.forwards_since("c1", NOW + timedelta(seconds=1)) == 0
    assert tx.alerts.forwards_since("c2", NOW) == 0
    assert (tx.alerts.exists("passed-on"), tx.alerts.exists("nothing")) == (True, False)


def test_the_customers_calls_are_none_to_a_third_party_and_theirs_none_to_the_customer(
    tx: SqlTransaction,
) -> None:
    placing = being_called(tx, 1)
    attempt_id = pass_on(tx)
    own, theirs = tx.attempts.eligibility([placing, attempt_id], NOW)
    assert (len(own.recent_call_times), len(theirs.recent_call_times)) == (1, 0)
    assert theirs.contact_point == POINT
    assert theirs.open_call == placing, "it waits until the customer has hung up"


def test_a_third_party_who_is_a_customer_too_was_called_as_often_as_they_were(tx: SqlTransaction) -> None:
    tx.customers.put(record(1))
    tx.alerts.add(alert(1))
    being_called(tx, 2)
    attempt_id = pass_on(tx, "+12025550002")
    [theirs] = tx.attempts.eligibility([attempt_id], NOW)
    assert len(theirs.recent_call_times) == 1


def test_the_word_of_the_number_and_of_whose_it_is_counts_and_the_customers_does_not(
    tx: SqlTransaction,
) -> None:
    tx.customers.put(record(1))
    tx.customers.put(record(2))
    tx.alerts.add(alert(1))
    attempt_id = pass_on(tx, "+12025550002")
    of_owner = Suppression("c2", None, "payments", NOW, "import")
    of_number = Suppression(None, "+12025550002", None, NOW, "third_party")
    for suppression in (Suppression("c1", None, None, NOW, "keypad"), of_owner, of_number):
        tx.customers.add_suppression(suppression)
    [theirs] = tx.attempts.eligibility([attempt_id], NOW)
    assert sorted(theirs.suppressions, key=str) == sorted([of_owner, of_number], key=str)
    assert sorted(tx.customers.suppressions_at("+12025550002"), key=str) == sorted(
        [of_owner, of_number], key=str
    )


def test_a_report_of_the_customer_has_nothing_of_what_the_other_person_did(tx: SqlTransaction) -> None:
    placing = being_called(tx, 1)
    attempt_id = pass_on(tx)
    theirs = replace(outcome(tx.attempts.get(attempt_id)), disposition=Disposition.DO_NOT_CALL)
    tx.outcomes.add(theirs, ())
    tx.outcomes.add(outcome(tx.attempts.get(placing)), ())
    [line] = customer_lines(tx)
    assert (line.dispositions, len(line.states)) == ((Disposition.PAYMENT,), 1)
