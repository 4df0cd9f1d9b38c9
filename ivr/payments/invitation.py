"""A customer's wish to be invited to pay every month, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ivr.accounts.contact_point import Medium


@dataclass(frozen=True, slots=True)
class Invitation:
    """One wish; an account has at most one that lasts."""

    id: str
    customer_id: str
    account_id: str
    day: int
    """Of the month, 1 to 28."""
    medium: Medium
    """By what the customer wants to be invited."""
    topic: str | None
    """What the talk was about in which it was said, for opt-outs; None in older ones without a matter."""
    agreed_at: datetime
    call_id: str
    """The call in which it was said."""
    words: str
    """What was heard before it: the flow with its version, and the content's."""
    next_on: date
    """The day of the next one."""
    invited_by: Medium | None = None
    """By what the last one went; None before the first."""
    ended_at: datetime | None = None
    ended_by: str | None = None
    """`replaced`, `customer`, `opted_out`, or who ended it by hand."""
