"""An account has one monthly invitation that lasts; its day comes, and it ends in several ways."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ivr.accounts.account_event import AccountEvent, AccountEventKind
from ivr.accounts.contact_point import Medium
from ivr.payments.invitation import Invitation
from ivr.store.reports import lasting_invitations
from ivr.store.transaction import SqlTransaction
from tests.contract.samples import NOW, add_due_attempt, new_call, rule_when

TODAY = date(2026, 3, 10)


@pytest.fixture
def given(tx: SqlTransaction) -> Invitation:
    attempt = tx.attempts.get(add_due_attempt(tx))
    tx.calls.open(new_call(attempt))
    given = Invitation(
        "i1", "c1", "a1", 10, Medium.SMS, "payments", NOW, attempt.id, "flow v1", date(2026, 3, 10)
    )
    assert tx.invitations.give(given)
    return given


def test_the_same_again_changes_nothing(tx: SqlTransaction, given: Invitation) -> None:
    assert not tx.invitations.give(replace(given, day=3))
    assert tx.invitations.of_account("a1") == given
    assert tx.invitations.of_account("a2") is None


def test_a_new_one_takes_the_place_of_the_last(tx: SqlTransaction, given: Invitation) -> None:
    other = replace(given, id="i2", medium=Medium.VOICE)
    assert tx.invitations.give(other)
    assert lasting_invitations(tx) == [other]


def test_its_day_comes_and_then_the_next_one(tx: SqlTransaction, given: Invitation) -> None:
    assert tx.invitations.due(date(2026, 3, 9), 10) == []
    assert tx.invitations.due(TODAY, 10) == [given]
    tx.invitations.worked("i1", date(2026, 4, 10), Medium.SMS)
    assert tx.invitations.due(date(2026, 4, 9), 10) == []
    tx.invitations.worked("i1", date(2026, 5, 10), None)
    [later] = tx.invitations.due(date(2026, 5, 10), 10)
    assert later.invited_by is Medium.SMS, "a month without one leaves the last as it was"


def test_it_ends_once(tx: SqlTransaction, given: Invitation) -> None:
    assert tx.invitations.end(given.account_id, "ada", NOW)
    assert not tx.invitations.end(given.account_id, "ben", NOW)
    assert tx.invitations.due(date(2027, 1, 1), 10) == []


@pytest.mark.parametrize(("topic", "ended"), [("payments", 1), (None, 1), ("orders", 0)])
def test_an_opt_out_ends_what_it_covers(
    tx: SqlTransaction, given: Invitation, topic: str | None, ended: int
) -> None:
    assert tx.invitations.end_of(given.customer_id, topic, "opted_out", NOW) == ended
    assert tx.invitations.end_of("c2", None, "opted_out", NOW) == 0


def test_a_rule_sees_the_day_and_the_medium_of_the_last(tx: SqlTransaction, given: Invitation) -> None:
    tx.invitations.worked(given.id, date(2026, 4, 10), Medium.VOICE)
    kind = AccountEventKind.PAYMENT_INVITATION
    tx.account_events.add(AccountEvent("k", kind, "a1", NOW, TODAY, {}))
    account = tx.customers.account("a1")
    assert account is not None
    assert (account.invited_by, account.events[kind]) == (Medium.VOICE, TODAY)
    for written, found in (("voice", 1), ("sms", 0)):
        rule = rule_when({"field": "invitation.medium", "equals": written})
        assert len(tx.customers.matching(rule, TODAY)) == found
    tx.invitations.end("a1", "customer", NOW)
    rule = rule_when({"field": "invitation.medium", "present": True})
    assert tx.customers.matching(rule, TODAY) == []
