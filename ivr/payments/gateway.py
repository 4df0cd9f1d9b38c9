"""The port that a payment provider's adapter fills."""

from __future__ import annotations

from typing import Protocol

from ivr.accounts.payment_method import PaymentMethod
from ivr.payments.intent import ChargeResult, PaymentIntent


class PaymentGateway(Protocol):
    """Charges saved methods, at most once per intent id."""

    async def charge(self, intent: PaymentIntent, method: PaymentMethod) -> ChargeResult:
        """Charge; the same intent again answers with the first result.

        Raises GatewayError when the provider did not say what happened.
        """
        ...

    async def look_up(self, intent_id: str) -> ChargeResult | None:
        """Return what became of an intent; None when the provider never heard of it."""
        ...
