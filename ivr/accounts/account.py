"""Something that a customer holds with us and that can need attention."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ivr.accounts.account_event import AccountEventKind
from ivr.accounts.contact_point import Medium
from ivr.accounts.promise import Promise
from ivr.money import Money


@dataclass(frozen=True, slots=True)
class Account:
    """One account of one customer."""

    id: str
    customer_id: str
    kind: str
    """What it is, in the words of the business: `card`, `loan`, `order`."""
    status: str
    """In the words of the business: `open`, `closed`, `delayed`."""
    balance: Money
    amount_due: Money
    """What is to be paid now; zero when nothing is."""
    due_on: date | None
    """The day by which `amount_due` is to be paid."""
    ending: str | None = field(default=None, repr=False)
    """The last digits of the number that the customer knows it by; None when unknown."""
    minimum_due: Money | None = None
    """The least of `amount_due` that keeps the account in order; zero where that was met, None where nobody
    said that there is such a thing."""
    promise: Promise | None = None
    """The last promise to pay it; the store knows it, an import does not bring it."""
    events: Mapping[AccountEventKind, date] = field(default_factory=dict, hash=False)
    """The day of the last event of each kind that happened to it; as `promise`."""
    invited_by: Medium | None = None
    """By what the last monthly invitation to pay went, while these last; as `promise`."""

    @property
    def minimum_to_offer(self) -> Money | None:
        """The minimum where paying it is a choice: something, and less than all that is due."""
        least = self.minimum_due
        return least if least is not None and 0 < least.minor < self.amount_due.minor else None
