"""Holds are placed once, found by customer, and over when their time is or somebody lifts them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from ivr.accounts.hold import Hold, HoldKind
from ivr.alerts.alert import AlertState
from ivr.store.transaction import SqlTransaction
from tests.contract.samples import NOW, add_due_attempts, alert

DAY = timedelta(days=1)
DISPUTED = Hold("h1", HoldKind.DISPUTED, "c1", "a1", "payments", NOW, None, "customer", "alert1")
PAID = Hold("h2", HoldKind.ALREADY_PAID, "c2", "a2", "payments", NOW, NOW + 5 * DAY, "customer", "alert2")


@pytest.fixture
def attempts(tx: SqlTransaction) -> list[str]:
    """Return the attempts of two customers with a hold each."""
    ids = add_due_attempts(tx, [1, 2])
    assert all(tx.holds.place(hold) for hold in (DISPUTED, PAID))
    return ids


def test_a_hold_is_placed_once(tx: SqlTransaction, attempts: list[str]) -> None:
    assert not tx.holds.place(replace(DISPUTED, kind=HoldKind.BANKRUPT))
    assert tx.holds.of(["c1"]) == [DISPUTED]


def test_attempts_know_their_customer_s_holds(tx: SqlTransaction, attempts: list[str]) -> None:
    found = tx.attempts.eligibility(attempts, NOW)
    assert [facts.holds for facts in found] == [[DISPUTED], [PAID]]


def test_a_hold_is_over_in_its_time_and_ends_once(tx: SqlTransaction, attempts: list[str]) -> None:
    assert tx.holds.over(NOW + 5 * DAY - timedelta(seconds=1), 10) == []
    assert tx.holds.over(NOW + 5 * DAY, 10) == [PAID]
    assert tx.holds.over(NOW + 5 * DAY, 0) == []
    tx.holds.ended(PAID.id, NOW + 5 * DAY)
    assert tx.holds.over(NOW + 6 * DAY, 10) == []
    assert tx.holds.of(["c1", "c2"]) == [DISPUTED]


def test_a_hold_is_lifted_once_and_is_over_from_then_on(tx: SqlTransaction, attempts: list[str]) -> None:
    assert tx.holds.lift(DISPUTED.id, "ada", NOW + DAY)
    assert not tx.holds.lift(DISPUTED.id, "ben", NOW + 2 * DAY)
    assert not tx.holds.lift("nothing", "ada", NOW)
    assert tx.holds.over(NOW + DAY, 10) == [replace(DISPUTED, until=NOW + DAY)]


def test_a_hold_for_a_time_can_be_lifted_before(tx: SqlTransaction, attempts: list[str]) -> None:
    assert tx.holds.lift(PAID.id, "ada", NOW + DAY)
    assert tx.holds.over(NOW + DAY, 10) == [replace(PAID, until=NOW + DAY)]


def test_an_alert_is_opened_again_in_its_next_cycle(tx: SqlTransaction, attempts: list[str]) -> None:
    later = NOW + 30 * DAY
    assert tx.alerts.reopen("alert1", later) is None
    tx.alerts.end("alert1", AlertState.SETTLED, "disputed", NOW)
    assert tx.alerts.reopen("alert1", later) == replace(alert(1), cycle=2, expires_at=later)
    assert tx.alerts.end("alert1", AlertState.SETTLED, "paid", NOW)
