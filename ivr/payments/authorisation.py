"""A customer's word that what is due may be charged every month, and what it rests on."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class AmountTerms(StrEnum):
    """What may be charged on the day."""

    DUE = "due"
    """All that is due then."""
    MINIMUM = "minimum"
    """What is left then of the minimum; nothing where that was met, or nobody knows of one."""


@dataclass(frozen=True, slots=True)
class Authorisation:
    """One authorisation; an account has at most one that lasts."""

    id: str
    customer_id: str
    account_id: str
    method_id: str
    terms: AmountTerms
    day: int
    """Of the month, 1 to 28."""
    agreed_at: datetime
    call_id: str
    """The call in which it was given."""
    words: str
    """Which words it was given to: the flow with its version, and the content's."""
    recording: str | None
    """The customer's own voice, by the recording's name."""
    next_on: date
    """The day of the next payment."""
    ended_at: datetime | None = None
    ended_by: str | None = None
    """`replaced`, `customer`, or who ended it by hand."""
    last_result: str | None = None
    """What the last payment came to."""


def first_day(day: int, today: date) -> date:
    """Return the next `day` of a month after `today`."""
    return today.replace(day=day) if today.day < day else month_after(today.replace(day=day))


def month_after(on: date) -> date:
    """Return the same day of the next month; the last one where that is shorter."""
    year, month = (on.year + 1, 1) if on.month == 12 else (on.year, on.month + 1)
    return date(year, month, min(on.day, monthrange(year, month)[1]))
