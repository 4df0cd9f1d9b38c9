"""What the customer store knows that a customer knows as well, and strangers should not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class KnownFactors:
    """One customer's, about one account; None where nothing is known. No repr shows any of it."""

    birth_date: date | None = field(default=None, repr=False)
    postcode: str | None = field(default=None, repr=False)
    account_ending: str | None = field(default=None, repr=False)
    """The last digits of the account's number."""
    pin_hash: str | None = field(default=None, repr=False)
    references: tuple[str, ...] = field(default=(), repr=False)
    """Of the customer's open alerts."""
