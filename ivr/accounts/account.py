"""Something that a customer holds with us and that can need attention."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

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
    """The least of `amount_due` that keeps the account in order; None where there is no such thing."""
