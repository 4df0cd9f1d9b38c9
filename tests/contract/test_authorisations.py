"""An account has one authorisation that lasts; its day comes, is paid, and it ends once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ivr.payments.authorisation import AmountTerms, Authorisation
from ivr.store.reports import lasting_authorisations
from ivr.store.transaction import SqlTransaction
from tests.contract.samples import NOW, add_due_attempt, new_call


@pytest.fixture
def given(tx: SqlTransaction) -> Authorisation:
    attempt = tx.attempts.get(add_due_attempt(tx))
    tx.calls.open(new_call(attempt))
    given = Authorisation(
        "g1", "c1", "a1", "m1", AmountTerms.DUE, 15, NOW, attempt.id, "flow v1", "r1", date(2026, 3, 15)
    )
    assert tx.authorisations.give(given)
    return given


def test_the_same_again_changes_nothing(tx: SqlTransaction, given: Authorisation) -> None:
    assert not tx.authorisations.give(replace(given, day=3))
    assert tx.authorisations.of_account("a1") == given
    assert tx.authorisations.of_account("a2") is None


def test_a_new_one_takes_the_place_of_the_last(tx: SqlTransaction, given: Authorisation) -> None:
    other = replace(given, id="g2", day=3)
    assert tx.authorisations.give(other)
    assert lasting_authorisations(tx) == [other]


def test_its_day_comes_and_after_the_payment_the_next_one(tx: SqlTransaction, given: Authorisation) -> None:
    assert tx.authorisations.due(date(2026, 3, 14), 10) == []
    assert tx.authorisations.due(date(2026, 3, 15), 10) == [given]
    tx.authorisations.paid("g1", "success", date(2026, 4, 15))
    assert tx.authorisations.due(date(2026, 4, 14), 10) == []
    [later] = tx.authorisations.due(date(2026, 4, 20), 10)
    assert later.last_result == "success"


def test_it_ends_once_and_is_never_due_again(tx: SqlTransaction, given: Authorisation) -> None:
    assert tx.authorisations.end("a1", "ada", NOW)
    assert not tx.authorisations.end("a1", "ben", NOW)
    assert tx.authorisations.of_account("a1") is None
    assert tx.authorisations.due(date(2027, 1, 1), 10) == []
