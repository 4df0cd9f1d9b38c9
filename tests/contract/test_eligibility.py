"""The facts that the eligibility stages look at."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from ivr.accounts.suppression import Suppression
from ivr.attempts.attempt import AttemptState
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.errors import StoreError
from ivr.store.transaction import SqlTransaction
from tests.contract.samples import (
    NOW,
    add_due_attempt,
    add_due_attempts,
    add_placing_attempt,
    alert,
    new_attempt,
    new_call,
    record,
)


def facts(tx: SqlTransaction, attempt_id: str) -> EligibilityFacts:
    [found] = tx.attempts.eligibility([attempt_id], NOW)
    return found


def test_facts_are_the_attempt_with_everything_it_is_about(tx: SqlTransaction) -> None:
    attempt_id = add_due_attempt(tx)
    found = facts(tx, attempt_id)
    given = record(1)
    assert found == EligibilityFacts(
        attempt=tx.attempts.get(attempt_id),
        alert=alert(1),
        customer=given.customer,
        account=given.accounts[0],
        contact_point=given.contact_points[0],
        suppressions=[],
        recent_call_times=[],
        open_call=None,
        holds=[],
    )


def test_facts_come_in_the_order_asked_for(tx: SqlTransaction) -> None:
    ids = add_due_attempts(tx, range(5))
    asked = list(reversed(ids))
    assert [found.attempt.id for found in tx.attempts.eligibility(asked, NOW)] == asked
    assert tx.attempts.eligibility([], NOW) == []


def test_a_word_of_the_person_or_of_the_number_counts(tx: SqlTransaction) -> None:
    attempt_id = add_due_attempt(tx, 1)
    person = Suppression("c1", None, "payments", NOW, "keypad")
    number = Suppression(None, "+12025550001", None, NOW, "import")
    for suppression in (person, person, number, Suppression("c2", "+12025550002", None, NOW, "import")):
        tx.customers.add_suppression(suppression)
    assert sorted(facts(tx, attempt_id).suppressions, key=str) == sorted([person, number], key=str)


def test_calls_of_thirty_days_count_whatever_the_number(tx: SqlTransaction) -> None:
    attempt, _epoch = add_placing_attempt(tx)
    other = tx.attempts.add(replace(new_attempt(attempt_no=2), address="+12025558888"))
    assert other is not None
    too_old = NOW - timedelta(days=30, seconds=1)
    for call_id, started_at in (("x", too_old), ("y", NOW - timedelta(days=29)), ("z", NOW)):
        tx.calls.open(replace(new_call(attempt), id=call_id, started_at=started_at))
    tx.calls.open(replace(new_call(attempt), id="in", direction="inbound"))
    assert facts(tx, other).recent_call_times == [NOW - timedelta(days=29), NOW]


def test_a_call_of_the_customer_or_the_number_is_seen_but_not_one_s_own(tx: SqlTransaction) -> None:
    attempt, epoch = add_placing_attempt(tx)
    same_customer = tx.attempts.add(replace(new_attempt(attempt_no=2), address="+12025558888"))
    tx.customers.put(record(2))
    tx.alerts.add(alert(2))
    same_number = tx.attempts.add(replace(new_attempt(2), address=attempt.address))
    unrelated = add_due_attempt(tx, 3)
    asked = [attempt.id, str(same_customer), str(same_number), unrelated]
    seen = [found.open_call for found in tx.attempts.eligibility(asked, NOW)]
    assert seen == [None, attempt.id, attempt.id, None]
    tx.attempts.close(attempt.id, epoch, AttemptState.CLOSED, NOW, "busy", None)
    assert {found.open_call for found in tx.attempts.eligibility(asked, NOW)} == {None}


def test_a_withdrawn_contact_point_is_not_usable(tx: SqlTransaction) -> None:
    attempt_id = add_due_attempt(tx)
    tx.customers.put(replace(record(1), contact_points=[]))
    assert not facts(tx, attempt_id).contact_point.usable


def test_an_unknown_attempt_is_named(tx: SqlTransaction) -> None:
    with pytest.raises(StoreError, match="there is no attempt nobody"):
        facts(tx, "nobody")
