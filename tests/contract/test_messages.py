"""Messages: queued once, handed over by one owner, their links known by a hash alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.accounts.suppression import Suppression
from ivr.engine.ports import CustomerRecord
from ivr.errors import FencedError, StoreError
from ivr.messages.link import Link, LinkPurpose, token_hash
from ivr.messages.message import Message, MessageState
from ivr.store.transaction import SqlTransaction
from tests.contract.samples import NOW, alert, record, take_epoch

MINUTE = timedelta(minutes=1)
MESSAGE = Message(
    id="m1",
    customer_id="c1",
    account_id="a1",
    alert_id="alert1",
    attempt_id=None,
    medium=Medium.EMAIL,
    contact_point_id="e1",
    address="maria@example.com",
    topic="payments",
    template="payment-link",
    content_version=3,
    language="en",
    subject="Your payment",
    body="Pay here: \ue002",
    is_asked_for=True,
    created_at=NOW,
    expires_at=NOW + 60 * MINUTE,
    link_id="l1",
)
LINK = Link("l1", LinkPurpose.PAY, "c1", "a1", "alert1", "m1", None, NOW, NOW + 60 * MINUTE)


@pytest.fixture
def epoch(tx: SqlTransaction) -> int:
    known = record(1)
    email = ContactPoint("e1", "c1", Medium.EMAIL, MESSAGE.address)
    tx.customers.put(CustomerRecord(known.customer, known.accounts, [*known.contact_points, email]))
    tx.alerts.add(alert(1))
    assert tx.messages.add(MESSAGE, LINK)
    return take_epoch(tx)


def test_a_message_is_queued_once_and_comes_back_as_it_was(tx: SqlTransaction, epoch: int) -> None:
    assert not tx.messages.add(replace(MESSAGE, body="another"), LINK)
    assert tx.messages.get("m1") == MESSAGE
    assert tx.messages.of_alert("alert1") == [MESSAGE]
    assert tx.messages.due(MessageState.QUEUED, NOW, 10) == [MESSAGE]
    assert tx.messages.due(MessageState.QUEUED, NOW - MINUTE, 10) == []


def test_one_alone_begins_to_send_it_and_only_under_a_lease(tx: SqlTransaction, epoch: int) -> None:
    with pytest.raises(FencedError):
        tx.messages.sending("m1", epoch + 7, NOW, None)
    assert tx.messages.sending("m1", epoch, NOW, None)
    assert not tx.messages.sending("m1", epoch, NOW, None)
    [under_way] = tx.messages.due(MessageState.SENDING, NOW, 10)
    assert (under_way.tries, under_way.state) == (1, MessageState.SENDING)
    assert tx.messages.due(MessageState.QUEUED, NOW, 10) == []


def test_what_was_certainly_not_sent_waits_for_its_next_try(tx: SqlTransaction, epoch: int) -> None:
    tx.messages.sending("m1", epoch, NOW, None)
    tx.messages.put_off("m1", NOW + MINUTE, "nobody listens there")
    assert tx.messages.due(MessageState.QUEUED, NOW, 10) == []
    [waiting] = tx.messages.due(MessageState.QUEUED, NOW + MINUTE, 10)
    assert (waiting.tries, waiting.reason) == (1, "nobody listens there")


def test_a_sent_one_can_still_be_delivered_and_a_failed_one_is_over(tx: SqlTransaction, epoch: int) -> None:
    tx.messages.sending("m1", epoch, NOW, None)
    tx.messages.settled("m1", MessageState.SENT, NOW, provider_id="p-7", next_at=NOW + MINUTE)
    assert tx.messages.due(MessageState.SENT, NOW, 10) == []
    tx.messages.ask_again("m1", NOW)
    [sent] = tx.messages.due(MessageState.SENT, NOW, 10)
    tx.messages.settled(sent.id, MessageState.FAILED, NOW, reason="no such mailbox")
    failed = tx.messages.get("m1")
    assert failed is not None
    assert (failed.state, failed.provider_id, failed.reason) == (
        MessageState.FAILED,
        "p-7",
        "no such mailbox",
    )
    with pytest.raises(StoreError):
        tx.messages.settled("m1", MessageState.SENT, NOW)


def test_a_link_is_found_by_the_hash_of_its_last_token(tx: SqlTransaction, epoch: int) -> None:
    assert tx.messages.link(token_hash("first")) is None
    tx.messages.sending("m1", epoch, NOW, token_hash("first"))
    assert tx.messages.link(token_hash("first")) == LINK
    tx.messages.put_off("m1", NOW, "nobody listens there")
    tx.messages.sending("m1", epoch, NOW, token_hash("second"))
    assert tx.messages.link(token_hash("first")) is None
    tx.messages.opened("l1", NOW + MINUTE)
    tx.messages.opened("l1", NOW + 2 * MINUTE)
    assert tx.messages.link(token_hash("second")) == replace(LINK, opened_at=NOW + MINUTE)


def test_messages_to_an_address_are_counted_but_for_those_that_failed(tx: SqlTransaction, epoch: int) -> None:
    assert tx.messages.count_to(MESSAGE.address, NOW - MINUTE) == 1
    assert tx.messages.count_to(MESSAGE.address, NOW) == 0
    tx.messages.settled("m1", MessageState.FAILED, NOW)
    assert tx.messages.count_to(MESSAGE.address, NOW - MINUTE) == 0


def test_suppressions_of_customer_and_address_are_found(tx: SqlTransaction, epoch: int) -> None:
    theirs = Suppression("c1", None, "payments", NOW, "keypad")
    of_address = Suppression(None, MESSAGE.address, None, NOW, "console")
    of_others = Suppression(None, "ben@example.com", None, NOW, "console")
    for each in (theirs, of_address, of_others):
        tx.customers.add_suppression(each)
    assert set(tx.customers.suppressions("c1", MESSAGE.address)) == {theirs, of_address}
    assert tx.customers.suppressions(None, MESSAGE.address) == [of_address]
