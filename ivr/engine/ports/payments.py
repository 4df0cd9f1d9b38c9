"""Payment intents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from ivr.payments.intent import ChargeResult, PaymentIntent


class Payments(Protocol):
    """Payment intents: written before the provider is asked."""

    def open_intent(self, intent: PaymentIntent, at: datetime) -> PaymentIntent | None:
        """Add a pending intent; None when the account has one that is pending or unknown."""
        ...

    def get(self, intent_id: str) -> PaymentIntent | None: ...
    def unresolved(self, account_id: str | None = None) -> Sequence[PaymentIntent]:
        """Return pending and unknown intents."""
        ...

    def resolve(self, intent_id: str, result: ChargeResult, at: datetime) -> None:
        """Keep what the provider says; a resolved intent stays as it is, StoreError if it is contradicted."""
        ...
