"""One matter with one customer, from the rule's match until somebody settles it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AlertState(StrEnum):
    """Where an alert stands."""

    OPEN = "open"
    SETTLED = "settled"
    """Somebody's response ended it."""
    CLEARED = "cleared"
    """Its cause went away by itself."""
    EXHAUSTED = "exhausted"
    """The contact plan is through without a settling response."""
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Forwarded:
    """That an alert was passed on by the customer, and is for somebody else."""

    alert_id: str
    """The alert that the customer heard."""
    contact_point_id: str | None
    """Of whom it is for; the only one that is tried. None: whoever the customer gives a link to."""
    comment: str | None
    """The recording of what the customer wants to be said with it."""


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert as stored."""

    id: str
    rule: str
    """Name of the rule that made it."""
    rule_version: str
    """Content hash of that rule: an alert pins what it was made by."""
    topic: str
    """What opt-outs are judged by (`payments`)."""
    customer_id: str
    account_id: str
    dedupe_key: str
    """Unique among all alerts: the same matter never makes two."""
    facts: Mapping[str, object]
    """The snapshot that the rule matched, JSON-able, for *why*."""
    priority: int
    """Seconds by which it goes ahead of others due at the same time."""
    created_at: datetime
    expires_at: datetime
    state: AlertState = AlertState.OPEN
    cycle: int = 1
    content_version: int | None = None
    """The published version that its rule is of; None for content that was never published."""
    forwarded: Forwarded | None = None
    """Whom the customer passed it on to; None for an alert to the customer."""
    tells_of: str | None = None
    """The alert that the customer had passed on, of which this one tells what came of it."""
    reference: str | None = None
    """The number by which people name it: ivr.alerts.reference. Unique; what is passed on has none."""
    deferred_until: datetime | None = None
    """When the customer wants to hear of it, on whatever medium; None: whenever it is due."""
