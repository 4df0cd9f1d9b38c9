"""A payment intent: what is to be charged, written down before anybody is asked to charge it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ivr.money import Money


class IntentState(StrEnum):
    """Where a payment intent stands."""

    PENDING = "pending"
    """Written down; the provider may or may not have heard of it."""
    SUCCEEDED = "succeeded"
    DECLINED = "declined"
    UNKNOWN = "unknown"
    """The provider did not say: it is looked up before anything is charged again."""


@dataclass(frozen=True, slots=True)
class PaymentIntent:
    """One charge, at most once, under one key."""

    id: str
    """Also the idempotency key at the provider."""
    account_id: str
    amount: Money
    method_id: str
    state: IntentState
    provider_id: str | None = None
    opened_at: datetime | None = None
    """When it was written down; None before that."""


@dataclass(frozen=True, slots=True)
class ChargeResult:
    """What the provider says of an intent."""

    state: IntentState
    provider_id: str | None = None
    reason: str | None = None
    """The provider's word for a decline; None otherwise."""
