"""Payment intents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from ivr.payments.intent import ChargeResult, PaymentIntent


class Payments(Protocol):
    """Payment intents: written before the provider is asked."""

    def open_intent(self, intent: PaymentIntent, at: datetime) -> PaymentIntent | None:
        """Add a pending intent and return it as it is kept; None when the account has one that is open."""
        ...

    def get(self, intent_id: str) -> PaymentIntent | None: ...
    def unresolved(self, account_id: str | None = None) -> Sequence[PaymentIntent]:
        """Return open intents, oldest first."""
        ...

    def identify(self, intent_id: str, provider_id: str) -> bool:
        """Keep the provider's id; False when the intent is over, or known there by another one."""
        ...

    def withdraw(self, intent_id: str, result: ChargeResult, at: datetime) -> bool:
        """End an open intent that has no provider's id; False, and nothing is changed, where it has one.

        Whoever is about to identify it finds it over then, so that nothing is charged by it.
        """
        ...

    def resolve(self, intent_id: str, result: ChargeResult, at: datetime) -> None:
        """Keep what the provider says; a resolved intent stays as it is, StoreError if it is contradicted.

        Declined and cancelled are no contradiction: nothing was charged. And money that was taken counts:
        what had ended without a charge has succeeded then.
        """
        ...
