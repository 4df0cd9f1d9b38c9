"""Payments that were asked for on pages, until it is kept what came of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from ivr.engine.ports import LinkPayment
from ivr.money import Money
from ivr.payments.intent import IntentState, PaymentIntent
from ivr.store.transaction import SqlTransaction
from tests.contract.samples import NOW, alert, record
from tests.contract.test_messages import LINK, MESSAGE

BEGUN = LinkPayment("page1", "m1", "alert1", "w1", "pin", NOW, "i1")


def test_each_is_kept_once_and_waits_until_it_is_over(tx: SqlTransaction) -> None:
    tx.customers.put(record(1))
    tx.alerts.add(alert(1))
    tx.messages.add(replace(MESSAGE, contact_point_id=None), LINK)
    later = replace(BEGUN, id="page2", alert_id=None, proof=None, began_at=NOW + timedelta(seconds=1))
    assert tx.link_payments.begin(later)
    assert tx.link_payments.begin(BEGUN)
    assert not tx.link_payments.begin(replace(BEGUN, intent_id="other"))
    assert tx.link_payments.unfinished() == [BEGUN, later]
    assert tx.link_payments.finish("page1", NOW)
    assert tx.link_payments.of_intent("i1") in (BEGUN, later), "over or not"
    assert tx.link_payments.of_intent("other") is None
    assert not tx.link_payments.finish("page1", NOW)
    assert tx.link_payments.unfinished() == [later]


def test_one_that_ended_without_an_intent_can_begin_anew(tx: SqlTransaction) -> None:
    tx.customers.put(record(1))
    tx.alerts.add(alert(1))
    tx.messages.add(replace(MESSAGE, contact_point_id=None), LINK)
    assert tx.link_payments.begin(BEGUN)
    assert tx.link_payments.finish("page1", NOW)
    anew = replace(BEGUN, began_at=NOW + timedelta(minutes=3))
    assert tx.link_payments.begin(anew)
    assert tx.link_payments.unfinished() == [anew]
    intent = PaymentIntent("i1", "a1", Money(100, "USD"), "m1", IntentState.PENDING)
    assert tx.payments.open_intent(intent, NOW)
    assert tx.link_payments.finish("page1", NOW)
    assert not tx.link_payments.begin(anew), "what came of it is kept"
    assert tx.link_payments.unfinished() == []
