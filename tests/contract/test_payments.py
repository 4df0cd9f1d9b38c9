"""At most one payment of an account is open, and what became of it is kept for good."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ivr.errors import StoreError
from ivr.payments.intent import ChargeResult, IntentState, PaymentIntent
from ivr.store.transaction import SqlTransaction
from tests.contract.samples import NOW, record, usd

SUCCEEDED = ChargeResult(IntentState.SUCCEEDED, "prov1")
DECLINED = ChargeResult(IntentState.DECLINED, "prov1", "card_declined")
UNKNOWN = ChargeResult(IntentState.UNKNOWN)


def intent(intent_id: str = "i1", number: int = 1) -> PaymentIntent:
    return PaymentIntent(intent_id, f"a{number}", usd(12_345), f"m{number}", IntentState.PENDING)


def opened(intent_id: str, number: int = 1) -> PaymentIntent:
    """Return the intent as the store knows it: with the moment at which it was opened."""
    return replace(intent(intent_id, number), opened_at=NOW)


@pytest.fixture(autouse=True)
def _two_customers(tx: SqlTransaction) -> None:
    tx.customers.put(record(1))
    tx.customers.put(record(2))


def test_an_account_has_one_open_intent(tx: SqlTransaction) -> None:
    assert tx.payments.open_intent(intent("i1"), NOW) == intent("i1")
    assert tx.payments.open_intent(intent("i2"), NOW) is None
    assert tx.payments.open_intent(intent("i3", 2), NOW) == intent("i3", 2)
    assert tx.payments.unresolved("a1") == [opened("i1")]
    assert tx.payments.unresolved() == [opened("i1"), opened("i3", 2)]


def test_an_intent_whose_end_is_unknown_stays_open(tx: SqlTransaction) -> None:
    tx.payments.open_intent(intent("i1"), NOW)
    tx.payments.resolve("i1", UNKNOWN, NOW)
    assert tx.payments.unresolved("a1") == [replace(opened("i1"), state=IntentState.UNKNOWN)]
    assert tx.payments.open_intent(intent("i2"), NOW) is None


@pytest.mark.parametrize("result", [SUCCEEDED, DECLINED])
def test_the_next_may_be_opened_when_the_last_is_resolved(tx: SqlTransaction, result: ChargeResult) -> None:
    tx.payments.open_intent(intent("i1"), NOW)
    tx.payments.resolve("i1", result, NOW)
    assert tx.payments.unresolved("a1") == []
    assert tx.payments.open_intent(intent("i2"), NOW) is not None


def test_a_late_unknown_does_not_reopen_a_resolved_intent(tx: SqlTransaction) -> None:
    tx.payments.open_intent(intent("i1"), NOW)
    tx.payments.resolve("i1", SUCCEEDED, NOW)
    tx.payments.resolve("i1", UNKNOWN, NOW)
    tx.payments.resolve("i1", SUCCEEDED, NOW)
    assert tx.payments.unresolved("a1") == []


def test_a_contradiction_is_loud(tx: SqlTransaction) -> None:
    tx.payments.open_intent(intent("i1"), NOW)
    tx.payments.resolve("i1", DECLINED, NOW)
    with pytest.raises(StoreError, match="is declined for good; it can't become succeeded"):
        tx.payments.resolve("i1", SUCCEEDED, NOW)


def test_an_intent_begins_pending_and_is_known_before_it_is_resolved(tx: SqlTransaction) -> None:
    with pytest.raises(StoreError, match="a new one is pending"):
        tx.payments.open_intent(replace(intent(), state=IntentState.SUCCEEDED), NOW)
    with pytest.raises(StoreError, match="no payment intent nobody"):
        tx.payments.resolve("nobody", SUCCEEDED, NOW)
