"""Queue what confirms an outcome in writing, in the transaction that commits the outcome."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog

from ivr.accounts.contact_point import Medium
from ivr.accounts.payment_method import PaymentMethod
from ivr.alerts.alert import Alert
from ivr.engine.content import Content
from ivr.engine.message_variables import message_variables
from ivr.engine.messaging import Messaging
from ivr.engine.ports import Transaction
from ivr.engine.queue_message import NewMessage, queue_message
from ivr.errors import MessageError
from ivr.messages.message import Message
from ivr.rules.confirm_terms import Confirmed, ConfirmTerms

log = structlog.get_logger()

_WRITTEN = (Medium.EMAIL, Medium.SMS)
"""The media of confirmations, for a customer who prefers neither: an e-mail is easier to keep."""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Something that a customer has settled."""

    outcome: Confirmed
    of: str
    """The id of the payment, promise or authorisation: each is confirmed once."""
    customer_id: str
    account_id: str
    alert_id: str | None
    """None: it belongs to no alert."""
    values: Mapping[str, object]
    """What the message can speak of besides; see `Confirmed.values`."""
    method: PaymentMethod | None = None
    """What it is paid with; None: that plays no part."""


def confirm_in_writing(
    tx: Transaction, content: Content, messaging: Messaging, new: Confirmation, now: datetime
) -> Message | None:
    """Queue the message by the medium that the customer prefers and allows; None: nothing is written.

    The same again is the same message. What is wrong with a message is said in the log, and never keeps the
    outcome from being committed.
    """
    about = new.alert_id
    alert = tx.alerts.get(about) if about is not None and tx.alerts.exists(about) else None
    name = _terms(content, alert).message(new.outcome)
    template = content.messages.get(name or "")
    if template is None:
        return None
    allowed = template.media & messaging.messengers.keys() & _media_allowed(content, alert)
    for medium in _preferred(tx, new.customer_id):
        if medium in allowed:
            try:
                message = queue_message(
                    tx, content, messaging, _message(tx, content, new, alert, template.name, medium, now), now
                )
            except MessageError as error:
                log.error("a confirmation can't be written", message=name, error=str(error))  # noqa: TRY400
                return None
            if message is not None:
                return message
    return None


def confirmation_id(outcome: Confirmed, of: str) -> str:
    """Return the id of the message that confirms something, whoever writes it and how often."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"confirmation of {outcome} {of}").hex


def _terms(content: Content, alert: Alert | None) -> ConfirmTerms:
    rule = None if alert is None else content.book.rules.get(alert.rule)
    return ConfirmTerms() if rule is None else rule.confirm


def _media_allowed(content: Content, alert: Alert | None) -> frozenset[Medium]:
    """Return what every profile allows under which the customer is talked to; of no alert: every profile."""
    rule = None if alert is None else content.book.rules.get(alert.rule)
    flows = content.flows.keys() if rule is None else {step.flow for step in rule.plan}
    named = {content.flows[name].profile for name in flows if name in content.flows}
    allowed = frozenset(_WRITTEN)
    for name, profile in content.profiles.items():
        if name in named and profile.confirmations is not None:
            allowed &= frozenset(profile.confirmations.by)
    return allowed


def _preferred(tx: Transaction, customer_id: str) -> Iterator[Medium]:
    customer = tx.customers.customer(customer_id)
    first = customer.preferred_medium if customer else None
    if first in _WRITTEN:
        yield first
    yield from (medium for medium in _WRITTEN if medium is not first)


def _message(
    tx: Transaction,
    content: Content,
    new: Confirmation,
    alert: Alert | None,
    template: str,
    medium: Medium,
    now: datetime,
) -> NewMessage:
    customer = tx.customers.customer(new.customer_id)
    methods = [] if new.method is None else [new.method]
    return NewMessage(
        id=confirmation_id(new.outcome, new.of),
        medium=medium,
        template=template,
        language=customer.language if customer else "",
        variables=message_variables(tx, content, new.customer_id, new.account_id, alert, None, methods, now),
        customer_id=new.customer_id,
        account_id=new.account_id,
        alert_id=None if alert is None else alert.id,
        topic=None if alert is None else alert.topic,
        values=new.values,
    )
