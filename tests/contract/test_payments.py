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
NEVER = ChargeResult(IntentState.CANCELLED, reason="never_confirmed")
CANCELLED = ChargeResult(IntentState.CANCELLED, "prov1", "cancelled")
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
    assert tx.payments.open_intent(intent("i1"), NOW) == opened("i1")
    assert tx.payments.open_intent(intent("i2"), NOW) is None
    assert tx.payments.open_intent(intent("i3", 2), NOW) == opened("i3", 2)
    assert tx.payments.unresolved("a1") == [opened("i1")]
    assert tx.payments.unresolved() == [opened("i1"), opened("i3", 2)]


@pytest.mark.parametrize("state", [IntentState.UNKNOWN, IntentState.REQUIRES_ACTION])
def test_an_intent_that_may_still_be_charged_stays_open(tx: SqlTransaction, state: IntentState) -> None:
    tx.payments.open_intent(intent("i1"), NOW)
    tx.payments.resolve("i1", ChargeResult(state), NOW)
    assert tx.payments.unresolved("a1") == [replace(opened("i1"), state=state)]
    assert tx.payments.open_intent(intent("i2"), NOW) is None


@pytest.mark.parametrize("result", [SUCCEEDED, DECLINED])
def test_the_next_may_be_opened_when_the_last_is_resolved(tx: SqlTransaction, result: ChargeResult) -> None:
    tx.payments.open_intent(intent("i1"), NOW)
    tx.payments.resolve("i1", result, NOW)
    assert tx.payments.unresolved("a1") == []
    assert tx.payments.open_intent(intent("i2"), NOW) is not None


def test_the_providers_id_is_kept_while_the_intent_is_open_and_never_changes(tx: SqlTransaction) -> None:
    tx.payments.open_intent(intent("i1"), NOW)
    assert tx.payments.identify("i1", "prov1")
    assert tx.payments.identify("i1", "prov1"), "the same again changes nothing"
    assert not tx.payments.identify("i1", "prov2")
    tx.payments.resolve("i1", UNKNOWN, NOW)
    assert tx.payments.unresolved("a1") == [
        replace(opened("i1"), state=IntentState.UNKNOWN, provider_id="prov1")
    ]


def test_an_intent_that_is_over_is_given_no_id_any_more(tx: SqlTransaction) -> None:
    tx.payments.open_intent(intent("i1"), NOW)
    tx.payments.resolve("i1", DECLINED, NOW)
    assert not tx.payments.identify("i1", "prov1")
    assert not tx.payments.identify("nobody", "prov1")


def test_an_intent_is_withdrawn_only_while_the_provider_s_id_is_not_known(tx: SqlTransaction) -> None:
    tx.payments.open_intent(intent("i1"), NOW)
    tx.payments.open_intent(intent("i2", 2), NOW)
    assert tx.payments.identify("i2", "prov2")
    assert [tx.payments.withdraw(each, NEVER, NOW) for each in ("i1", "i2")] == [True, False]
    assert not tx.payments.withdraw("i1", DECLINED, NOW), "it is over"
    assert not tx.payments.identify("i1", "prov1")
    given_up, goes_on = tx.payments.get("i1"), tx.payments.get("i2")
    assert given_up is not None
    assert goes_on is not None
    assert (given_up.state, given_up.reason) == (IntentState.CANCELLED, "never_confirmed")
    assert goes_on.state is IntentState.PENDING


def test_intents_of_one_amount_and_method_are_counted(tx: SqlTransaction) -> None:
    amounts = [usd(12_345), usd(12_345), usd(2_500)]
    sequences = []
    for number, amount in enumerate(amounts):
        opened = tx.payments.open_intent(replace(intent(f"i{number}"), amount=amount), NOW)
        assert opened is not None
        sequences.append(opened.sequence)
        tx.payments.resolve(f"i{number}", DECLINED, NOW)
    assert sequences == [1, 2, 1]


def test_intents_that_are_paid_on_the_providers_page_are_counted_by_themselves(tx: SqlTransaction) -> None:
    hosted = [replace(intent(f"h{number}"), method_id=None) for number in range(2)]
    for number, new in enumerate([hosted[0], intent("i1"), hosted[1]]):
        opened = tx.payments.open_intent(new, NOW)
        assert opened is not None
        assert opened.sequence == (2 if number == 2 else 1)
        assert tx.payments.get(new.id) == opened
        tx.payments.resolve(new.id, DECLINED, NOW)


def test_why_an_intent_was_declined_is_kept(tx: SqlTransaction) -> None:
    tx.payments.open_intent(intent("i1"), NOW)
    tx.payments.resolve("i1", DECLINED, NOW)
    kept = tx.payments.get("i1")
    assert kept is not None
    assert (kept.state, kept.reason) == (IntentState.DECLINED, "card_declined")


def test_a_late_unknown_does_not_reopen_a_resolved_intent(tx: SqlTransaction) -> None:
    tx.payments.open_intent(intent("i1"), NOW)
    tx.payments.resolve("i1", SUCCEEDED, NOW)
    tx.payments.resolve("i1", UNKNOWN, NOW)
    tx.payments.resolve("i1", SUCCEEDED, NOW)
    assert tx.payments.unresolved("a1") == []


@pytest.mark.parametrize("end", [DECLINED, CANCELLED])
def test_money_that_was_taken_is_never_lost_to_an_end_without_a_charge(
    tx: SqlTransaction, end: ChargeResult
) -> None:
    tx.payments.open_intent(intent("i1"), NOW)
    tx.payments.resolve("i1", end, NOW)
    tx.payments.resolve("i1", SUCCEEDED, NOW)
    kept = tx.payments.get("i1")
    assert kept is not None
    assert (kept.state, kept.reason) == (IntentState.SUCCEEDED, None)


@pytest.mark.parametrize("end", [DECLINED, CANCELLED])
def test_a_contradiction_is_loud(tx: SqlTransaction, end: ChargeResult) -> None:
    tx.payments.open_intent(intent("i1"), NOW)
    tx.payments.resolve("i1", SUCCEEDED, NOW)
    with pytest.raises(StoreError, match=f"is succeeded for good; it can't become {end.state}"):
        tx.payments.resolve("i1", end, NOW)


@pytest.mark.parametrize(("first", "second"), [(DECLINED, CANCELLED), (CANCELLED, DECLINED)])
def test_declined_and_cancelled_are_one_end_and_the_first_stays(
    tx: SqlTransaction, first: ChargeResult, second: ChargeResult
) -> None:
    tx.payments.open_intent(intent("i1"), NOW)
    for end in (first, second):
        tx.payments.resolve("i1", end, NOW)
    kept = tx.payments.get("i1")
    assert kept is not None
    assert (kept.state, kept.reason) == (first.state, first.reason)


def test_an_intent_begins_pending_and_is_known_before_it_is_resolved(tx: SqlTransaction) -> None:
    with pytest.raises(StoreError, match="a new one is pending"):
        tx.payments.open_intent(replace(intent(), state=IntentState.SUCCEEDED), NOW)
    with pytest.raises(StoreError, match="no payment intent nobody"):
        tx.payments.resolve("nobody", SUCCEEDED, NOW)
