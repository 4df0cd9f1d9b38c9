"""Something that happened to an account and that rules can look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class AccountEventKind(StrEnum):
    """What can happen."""

    PROMISE_BROKEN = "promise_broken"
    """A promised payment had not come when its time was over."""
    LOW_SCORE = "low_score"
    """The customer was little satisfied, in a survey: for a person to look into."""
    PAYMENT_INVITATION = "payment_invitation"
    """The day came on which the customer wants to be invited to pay, every month."""
    AUTOMATIC_PAYMENT_DECLINED = "automatic_payment_declined"
    """An automatic payment was to be made, and nothing was charged."""


@dataclass(frozen=True, slots=True)
class AccountEvent:
    """One event, raised once."""

    key: str
    """The same again is the same event."""
    kind: AccountEventKind
    account_id: str
    at: datetime
    on: date
    """The day of `at` on the installation's calendar: what rules compare with."""
    payload: Mapping[str, object]
    """JSON-able facts, for people and for later uses."""
