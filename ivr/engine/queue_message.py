"""Write a message down, in the transaction of what causes it; the sender's job takes it from there."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from ivr.accounts.contact_point import Medium
from ivr.attempts.eligibility.decision import Verdict
from ivr.engine.content import Content
from ivr.engine.message_facts import message_facts
from ivr.engine.messaging import Messaging
from ivr.engine.ports import Transaction
from ivr.errors import MessageError
from ivr.messages.eligibility import objection
from ivr.messages.link import Link
from ivr.messages.message import Message
from ivr.messages.template import MessageTemplate
from ivr.prompts.content_tier import ContentTier

_KEPT_FOR = timedelta(days=1)
"""So long a message without a link waits for its hour, and for whoever delivers it."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message that somebody is to get."""

    id: str
    """The same for the same cause: it is written down once."""
    medium: Medium
    template: str
    language: str
    variables: Mapping[str, object]
    """Whom and what it is about, as flows name it."""
    customer_id: str | None = None
    account_id: str | None = None
    alert_id: str | None = None
    attempt_id: str | None = None
    topic: str | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    is_asked_for: bool = False
    """The customer pressed a key for it."""
    address: str | None = field(default=None, repr=False)
    """Where somebody who is no customer reads it; None: at the customer's own address."""


def queue_message(
    tx: Transaction, content: Content, messaging: Messaging, new: NewMessage, now: datetime
) -> Message | None:
    """Queue a message and return it; None when there is no address that may be used.

    The same id again changes nothing. Raises MessageError, in a clause, for what can't be sent at all.
    """
    if (known := tx.messages.get(new.id)) is not None:
        return known
    template = _template(content, messaging, new)
    language = template.language(new.language, new.medium)
    try:
        text = template.render(language, new.medium, new.variables, new.values)
    except ValueError as error:
        raise MessageError(f"message {template.name!r} ({language}): {error}") from error
    good_for = template.link.good_for if template.link else _KEPT_FOR
    blank = Message(
        id=new.id,
        customer_id=new.customer_id,
        account_id=new.account_id,
        alert_id=new.alert_id,
        attempt_id=new.attempt_id,
        medium=new.medium,
        contact_point_id=None,
        address=new.address or "",
        topic=new.topic,
        template=template.name,
        content_version=content.version,
        language=language,
        subject=text.subject,
        body=text.body,
        is_asked_for=new.is_asked_for,
        created_at=now,
        expires_at=now + good_for,
        link_id=uuid.uuid5(uuid.NAMESPACE_OID, f"link of {new.id}").hex if template.link else None,
    )
    message = _addressed(tx, content, messaging, blank, now)
    if message is not None:
        tx.messages.add(message, _link(template, message, new.values))
    return message


def _template(content: Content, messaging: Messaging, new: NewMessage) -> MessageTemplate:
    template = content.messages.get(new.template)
    if template is None:
        raise MessageError(f"there is no message {new.template!r}")
    if new.medium not in template.media:
        raise MessageError(f"message {new.template!r} is not written for {new.medium}")
    if new.medium not in messaging.messengers:
        raise MessageError(f"the settings do not say who delivers {new.medium}")
    if template.link is not None and messaging.link_base is None:
        raise MessageError("[messages] link_base is not set, so there are no links")
    if new.address is not None and template.tier is not ContentTier.ANYONE:
        raise MessageError(f"message {new.template!r} is for the customer's own addresses only")
    return template


def _addressed(
    tx: Transaction, content: Content, messaging: Messaging, blank: Message, now: datetime
) -> Message | None:
    """Return the message with the first address that may be used, those that only have to wait included."""
    for message in _candidates(tx, blank):
        if tx.messages.count_to(message.address, now - _DAY) >= messaging.most_a_day:
            continue
        said = objection(message_facts(tx, content, messaging, message), now)
        if said is None or (said.verdict is Verdict.DEFER and said.reason != "not_live"):
            return message
    return None


def _candidates(tx: Transaction, blank: Message) -> list[Message]:
    if blank.address:
        return [replace(blank, customer_id=None, account_id=None)]
    if blank.customer_id is None:
        return []
    points = tx.customers.contact_points(blank.customer_id)
    return [
        replace(blank, contact_point_id=point.id, address=point.address)
        for point in points
        if point.medium is blank.medium
    ]


def _link(template: MessageTemplate, message: Message, values: Mapping[str, object]) -> Link | None:
    if template.link is None or message.link_id is None:
        return None
    page = values.get("page")
    return Link(
        id=message.link_id,
        purpose=template.link.purpose,
        customer_id=message.customer_id,
        account_id=message.account_id,
        alert_id=message.alert_id,
        message_id=message.id,
        page=page if isinstance(page, str) and page.startswith("https://") else None,
        created_at=message.created_at,
        expires_at=message.expires_at,
    )
