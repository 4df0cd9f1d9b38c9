"""Our own customer store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.accounts.payment_method import PaymentMethod
from ivr.calling_hours import Window
from ivr.engine.ports import Choice
from ivr.errors import StoreError
from ivr.money import Money
from ivr.store.transaction import SqlTransaction
from ivr.tempo import Tempo
from tests.contract.samples import NOW, record, rule_when, usd


def test_a_record_comes_back_as_it_was_put(tx: SqlTransaction) -> None:
    put = record(1)
    tx.customers.put(put)
    assert tx.customers.customer("c1") == put.customer
    assert tx.customers.account("a1") == put.accounts[0]
    assert tx.customers.contact_points("c1") == put.contact_points
    assert tx.customers.payment_methods("c1") == put.payment_methods


def test_nobody_is_made_up(tx: SqlTransaction) -> None:
    assert tx.customers.customer("c1") is None
    assert tx.customers.account("a1") is None
    assert tx.customers.contact_points("c1") == []


def test_contact_points_come_by_rank(tx: SqlTransaction) -> None:
    points = [
        ContactPoint("pa", "c1", Medium.VOICE, "+12025550001", rank=2),
        ContactPoint("pb", "c1", Medium.EMAIL, "maria@example.com", rank=1),
    ]
    tx.customers.put(replace(record(1), contact_points=points))
    assert [point.id for point in tx.customers.contact_points("c1")] == ["pb", "pa"]


def test_putting_again_replaces(tx: SqlTransaction) -> None:
    tx.customers.put(record(1))
    again = record(1, address="+12025557777")
    [account] = again.accounts
    again = replace(again, accounts=[replace(account, amount_due=usd(1))], payment_methods=[])
    tx.customers.put(again)
    assert tx.customers.account("a1") == again.accounts[0]
    assert tx.customers.contact_points("c1") == again.contact_points
    assert tx.customers.payment_methods("c1") == []


def test_a_number_that_an_import_no_longer_brings_is_not_used(tx: SqlTransaction) -> None:
    tx.customers.put(record(1))
    tx.customers.put(replace(record(1), contact_points=[]))
    assert tx.customers.contact_points("c1") == []
    tx.customers.put(record(1))
    assert tx.customers.contact_points("c1") == record(1).contact_points


def test_a_wrong_number_stays_unusable_through_imports_until_the_number_changes(tx: SqlTransaction) -> None:
    tx.customers.put(record(1))
    tx.customers.mark_unusable("p1", NOW)
    tx.customers.put(record(1))
    assert [point.usable for point in tx.customers.contact_points("c1")] == [False]
    tx.customers.put(record(1, address="+12025558888"))
    assert [point.usable for point in tx.customers.contact_points("c1")] == [True]


def test_marking_what_is_not_there_is_an_error(tx: SqlTransaction) -> None:
    with pytest.raises(StoreError, match="no contact point nobody"):
        tx.customers.mark_unusable("nobody", NOW)


def test_a_payment_is_applied_once_per_key(tx: SqlTransaction) -> None:
    tx.customers.put(record(1))
    assert tx.customers.apply_payment("a1", usd(12_000), "i1", NOW)
    assert not tx.customers.apply_payment("a1", usd(12_000), "i1", NOW + timedelta(days=1))
    account = tx.customers.account("a1")
    assert account is not None
    assert (account.balance, account.amount_due) == (usd(38_000), usd(345))


@pytest.mark.parametrize(("paid", "left"), [(1_000, usd(1_500)), (2_500, usd(0)), (12_000, usd(0))])
def test_a_payment_lowers_the_minimum_until_it_is_met(
    tx: SqlTransaction, paid: int, left: Money | None
) -> None:
    [account] = record(1).accounts
    tx.customers.put(replace(record(1), accounts=[replace(account, minimum_due=usd(2_500))]))
    tx.customers.apply_payment("a1", usd(paid), "i1", NOW)
    now = tx.customers.account("a1")
    assert now is not None
    assert now.minimum_due == left


def test_a_payment_where_there_is_no_minimum_makes_none(tx: SqlTransaction) -> None:
    tx.customers.put(record(1))
    tx.customers.apply_payment("a1", usd(1_000), "i1", NOW)
    now = tx.customers.account("a1")
    assert now is not None
    assert now.minimum_due is None


def test_a_method_for_once_is_found_by_its_id_and_never_offered(tx: SqlTransaction) -> None:
    tx.customers.put(record(1))
    method = PaymentMethod("once", "c1", "card", "1881", "tok_once")
    tx.customers.keep_for_once(method)
    assert tx.customers.payment_method("once") == method
    assert tx.customers.payment_method("nobody's") is None
    assert [offered.id for offered in tx.customers.payment_methods("c1")] == ["m1"]


def test_nobody_is_due_less_than_nothing(tx: SqlTransaction) -> None:
    tx.customers.put(record(1))
    tx.customers.apply_payment("a1", usd(60_000), "i1", NOW)
    account = tx.customers.account("a1")
    assert account is not None
    assert (account.balance, account.amount_due) == (usd(-10_000), usd(0))


def test_a_payment_in_another_currency_is_refused(tx: SqlTransaction) -> None:
    tx.customers.put(record(1))
    with pytest.raises(StoreError, match="no account a1 in EUR"):
        tx.customers.apply_payment("a1", Money(100, "EUR"), "i1", NOW)


def test_an_account_in_two_currencies_is_refused(tx: SqlTransaction) -> None:
    [account] = record(1).accounts
    mixed = replace(account, amount_due=Money(1, "EUR"))
    with pytest.raises(StoreError, match="two currencies"):
        tx.customers.put(replace(record(1), accounts=[mixed]))


def test_everybody_who_has_a_number_is_found_once(tx: SqlTransaction) -> None:
    number = "+12025557777"
    again = ContactPoint("pb", "c1", Medium.VOICE, number)
    one = record(1, address=number)
    tx.customers.put(replace(one, contact_points=[*one.contact_points, again]))
    tx.customers.put(record(2, address=number))
    assert [customer.id for customer in tx.customers.at_number(number)] == ["c1", "c2"]
    assert tx.customers.at_number("+12025550000") == []


@pytest.mark.parametrize("why", ["unlisted", "unusable", "another medium"])
def test_a_number_that_is_nobodys_to_ring_is_nobodys_to_call_from(tx: SqlTransaction, why: str) -> None:
    medium = Medium.SMS if why == "another medium" else Medium.VOICE
    tx.customers.put(replace(record(1), contact_points=[ContactPoint("p1", "c1", medium, "+12025550001")]))
    if why == "unlisted":
        tx.customers.put(replace(record(1), contact_points=[]))
    if why == "unusable":
        tx.customers.mark_unusable("p1", NOW)
    assert tx.customers.at_number("+12025550001") == []


def test_what_a_customer_chose_outlives_the_next_import(tx: SqlTransaction) -> None:
    tx.customers.put(record(1))
    tx.customers.prefer("c1", Choice(language="es"))
    tx.customers.prefer("c1", Choice(medium=Medium.EMAIL))
    tx.customers.prefer("c1", Choice(hours=Window(540, 720)))
    tx.customers.put(record(1))
    maria = tx.customers.customer("c1")
    assert maria is not None
    assert (maria.language, maria.preferred_medium, maria.preferred_hours) == (
        "es",
        Medium.EMAIL,
        Window(540, 720),
    )
    tx.customers.prefer("c1", Choice(any_hours=True))
    maria = tx.customers.customer("c1")
    assert maria is not None
    assert (maria.language, maria.preferred_hours) == ("es", None)


def test_rules_go_by_the_language_that_was_chosen(tx: SqlTransaction) -> None:
    tx.customers.put(record(1))
    spanish = rule_when({"field": "customer.language", "equals": "es"})
    assert tx.customers.matching(spanish, NOW.date()) == []
    tx.customers.prefer("c1", Choice(language="es"))
    assert [customer.language for customer, _ in tx.customers.matching(spanish, NOW.date())] == ["es"]


def test_a_choice_of_nobody_is_an_error(tx: SqlTransaction) -> None:
    with pytest.raises(StoreError, match="there is no customer nine"):
        tx.customers.prefer("nine", Choice(language="es"))


def test_who_asked_twice_to_be_spoken_to_slowly_prefers_it_until_they_take_it_back(
    tx: SqlTransaction,
) -> None:
    def tempo() -> Tempo:
        customer = tx.customers.customer("c1")
        assert customer is not None
        return customer.preferred_tempo

    tx.customers.put(record(1))
    tx.customers.asked_slower("c1", 1)
    assert tempo() is Tempo.USUAL
    tx.customers.asked_slower("c1", 1)
    assert tempo() is Tempo.SLOW
    tx.customers.put(record(1))
    assert tempo() is Tempo.SLOW
    tx.customers.prefer("c1", Choice(tempo=Tempo.USUAL))
    tx.customers.asked_slower("c1", 1)
    assert tempo() is Tempo.USUAL
    tx.customers.asked_slower("c1", 2)
    assert tempo() is Tempo.SLOW
