"""A means of payment that the payment provider keeps for a customer; we hold only its token."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PaymentMethod:
    """A saved card or bank account."""

    id: str
    customer_id: str
    kind: str
    """As it is spoken: `card`, `bank account`."""
    ending: str
    """Its last digits, as they are spoken to recognise it."""
    token: str = field(repr=False)
    """The provider's handle."""
