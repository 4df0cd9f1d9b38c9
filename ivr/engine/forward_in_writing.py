"""What is passed on in writing: a link that the customer gives to somebody, or a text to a number, once."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.accounts.customer import Customer
from ivr.alerts.alert import Alert
from ivr.engine.contact_media import contact_media
from ivr.engine.content import Content
from ivr.engine.messaging import Messaging
from ivr.engine.ports import Transaction
from ivr.engine.queue_message import NewMessage, queue_message
from ivr.engine.session_variables import company_variables, customer_variables
from ivr.errors import MessageError
from ivr.flows.compliance import ForwardWay

MESSAGES: Mapping[ForwardWay, str] = {ForwardWay.LINK: "forward-link", ForwardWay.TEXT: "forwarded-alert"}
"""The template of each way: to the customer, and to whomever they named."""


class NotSentError(Exception):
    """It can't be passed on in writing after all: nothing of it is kept."""

    def __init__(self, result: str, why: str) -> None:
        super().__init__(why)
        self.result = result


def write_forward(
    tx: Transaction,
    content: Content,
    messaging: Messaging,
    passed_on: Alert,
    to: ContactPoint | None,
    now: datetime,
) -> bool:
    """Add an alert that lasts as long as its link, and queue its message; False: it was there before.

    `to` is whoever gets a text; None: the customer gets the link. Raises NotSentError where it can't be sent.
    """
    template = content.messages.get(MESSAGES[ForwardWay.LINK if to is None else ForwardWay.TEXT])
    customer = tx.customers.customer(passed_on.customer_id)
    if template is None or template.link is None or customer is None:
        raise NotSentError("failed", "there is no message for it that has a link")
    ends_at = min(passed_on.expires_at, now + template.link.good_for)
    if not tx.alerts.add(replace(passed_on, expires_at=ends_at)):
        return False
    try:
        queued = [
            new
            for new in _messages(tx, content, messaging, passed_on, customer, to, now)
            if queue_message(tx, content, messaging, new, now) is not None
        ]
    except MessageError as error:
        raise NotSentError("failed", str(error)) from error
    if not queued:
        raise NotSentError("refused", "there is no address that may be used")
    return True


def _messages(
    tx: Transaction,
    content: Content,
    messaging: Messaging,
    passed_on: Alert,
    customer: Customer,
    to: ContactPoint | None,
    now: datetime,
) -> list[NewMessage]:
    """Return what may be sent, the preferred one first: all have one id, so that one of them is."""
    way = ForwardWay.LINK if to is None else ForwardWay.TEXT
    media = contact_media(tx, messaging, customer.id) if to is None else (Medium.SMS,)
    return [
        NewMessage(
            id=uuid.uuid5(uuid.NAMESPACE_OID, f"forward {passed_on.id}").hex,
            medium=medium,
            template=MESSAGES[way],
            language=customer.language,
            variables=_variables(content, passed_on, customer, now),
            customer_id=customer.id if to is None else None,
            alert_id=passed_on.id,
            topic=passed_on.topic,
            is_asked_for=to is None,
            address=None if to is None else to.address,
        )
        for medium in (Medium.SMS, Medium.EMAIL)
        if medium in media
    ]


def _variables(content: Content, passed_on: Alert, customer: Customer, now: datetime) -> Mapping[str, object]:
    """Return what such a message can speak of: who passes it on, and nothing of an account."""
    today = now.astimezone(content.time_zone).date()
    return {
        **company_variables(content.company_for(passed_on.rule), today),
        "customer": {**customer_variables(customer), "id": None},
        "account": None,
        "payment_method": None,
        "alert": {"id": None, "topic": None, "reference": None},
    }
