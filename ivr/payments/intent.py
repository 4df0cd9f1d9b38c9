"""A payment intent: what is to be charged, written down before anybody is asked to charge it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ivr.money import Money


class IntentState(StrEnum):
    """Where a payment intent stands."""

    PENDING = "pending"
    """Written down; nothing was charged as far as we know, and the provider may be about to be told to."""
    REQUIRES_ACTION = "requires_action"
    """The customer must agree on a page of the provider's before it is charged."""
    SUCCEEDED = "succeeded"
    DECLINED = "declined"
    """The provider, or the bank, would not have it, or we did not begin it for how things are: nothing was
    charged, and nothing will be."""
    CANCELLED = "cancelled"
    """It was withdrawn by us, for another way of paying, because nobody came, or because the provider could
    not be reached or never heard of it: nothing was charged, and nothing will be. No card was declined."""
    UNKNOWN = "unknown"
    """The provider did not say: it is looked up before anything is charged again."""

    @property
    def is_open(self) -> bool:
        """Whether it may still be charged, so that nothing else of the account may be."""
        return self in OPEN

    @property
    def is_not_charged(self) -> bool:
        """Whether it is over, and nothing was charged."""
        return self in NOT_CHARGED


OPEN = (IntentState.PENDING, IntentState.REQUIRES_ACTION, IntentState.UNKNOWN)
"""States that are not the end."""
NOT_CHARGED = (IntentState.DECLINED, IntentState.CANCELLED)
"""States that are the end, without a charge."""


@dataclass(frozen=True, slots=True)
class PaymentIntent:
    """One charge, at most once, under one key."""

    id: str
    """Also the idempotency key at the provider."""
    account_id: str
    amount: Money
    method_id: str | None
    """None: whoever pays types a card in on the provider's page."""
    state: IntentState
    provider_id: str | None = None
    """The provider's own name for it, stored before the provider is told to charge: without one, nobody has
    told it to."""
    opened_at: datetime | None = None
    """When it was written down; None before that."""
    reason: str | None = None
    """Why it was declined or cancelled; None otherwise."""
    sequence: int = 1
    """Counts the intents of the account with this amount and method, from 1."""
    alert_id: str | None = None
    """The alert that it answers; None: none."""
    authorisation_id: str | None = None
    """By which it is made without anybody asking for it; None for one that the customer asks for."""

    @property
    def is_hosted(self) -> bool:
        """Whether it is paid on the provider's page, by whatever card."""
        return self.method_id is None


@dataclass(frozen=True, slots=True)
class ChargeResult:
    """What the provider says of an intent."""

    state: IntentState
    provider_id: str | None = None
    reason: str | None = None
    """The provider's word for a decline or a cancellation; None otherwise."""
    link: str | None = None
    """The page on which the customer must agree, where that is required and the provider has one."""
