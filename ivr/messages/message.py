"""One message to one address, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from ivr.accounts.contact_point import Medium


class MessageState(StrEnum):
    """Where a message stands."""

    QUEUED = "queued"
    """It waits for its time; nobody was given it."""
    SENDING = "sending"
    """It is being handed over, or nobody has said yet whether that worked: asked for, never sent again."""
    SENT = "sent"
    """Somebody has it who will deliver it."""
    DELIVERED = "delivered"
    FAILED = "failed"
    """It was not sent and will not be; the reason is kept."""
    UNKNOWN = "unknown"
    """Nobody can tell whether it was sent: it is reported, and never sent again."""


class HandoverResult(StrEnum):
    """What came of giving a message to whoever delivers it."""

    SENT = "sent"
    DELIVERED = "delivered"
    REFUSED = "refused"
    """For good: the same again would be refused again."""
    NOT_SENT = "not_sent"
    """Certainly not taken, for now: it can be tried again."""
    UNKNOWN = "unknown"
    """No answer came, and it may have been taken."""


@dataclass(frozen=True, slots=True)
class Handover:
    """What a messenger says of one message."""

    result: HandoverResult
    provider_id: str | None = None
    """The provider's own name for it."""
    reason: str | None = None
    """Why not, in a clause without addresses or wording."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message; the id is what the provider knows it by as well."""

    id: str
    customer_id: str | None
    """None: it goes to somebody who is no customer."""
    account_id: str | None
    alert_id: str | None
    attempt_id: str | None
    """The call that it was asked for in."""
    medium: Medium
    contact_point_id: str | None
    """None: the address is no contact point of a customer's."""
    address: str = field(repr=False)
    topic: str | None
    """What it is about, for opt-outs; None is covered by opt-outs of everything alone."""
    template: str
    content_version: int | None
    language: str
    subject: str = field(repr=False)
    """Empty but for an e-mail."""
    body: str = field(repr=False)
    """As it is sent, but that LINK_MARK stands where the link goes: its token is in no row."""
    is_asked_for: bool
    """The customer pressed a key for it: it is sent at whatever hour that is."""
    created_at: datetime
    expires_at: datetime
    """It is not sent any more from then on."""
    link_id: str | None = None
    state: MessageState = MessageState.QUEUED
    tries: int = 0
    """How often it was handed over."""
    provider_id: str | None = None
    reason: str | None = None
