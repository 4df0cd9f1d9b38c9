"""Stripe's own page: one Checkout Session for one intent of ours, which is its idempotency key.

The id that we keep is the session's: its PaymentIntent is made only when somebody pays.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import stripe

from ivr.errors import GatewayError
from ivr.gateways.stripe_amount import stripe_amount
from ivr.gateways.stripe_errors import as_gateway_errors, id_of, reason_of
from ivr.payments.hosted_page import HostedPage
from ivr.payments.intent import ChargeResult, IntentState, PaymentIntent

PAGES_AT = "https://checkout.stripe.com"
"""Where the pages are, for an account that has not moved them to a domain of its own."""
_LOCALES = frozenset({"en", "es", "fr"})
_WITH_PAYMENT: Any = {"expand": ["payment_intent"]}


class StripeCheckout:
    """Makes pages, looks them up, and withdraws them. Every method raises GatewayError."""

    def __init__(self, client: stripe.StripeClient, pages_at: str) -> None:
        self._sessions = client.v1.checkout.sessions
        self._pages_at = pages_at

    async def open(self, intent: PaymentIntent, page: HostedPage) -> ChargeResult:
        """Have a page made; DECLINED when Stripe will have none of it."""
        params: Any = session_params(intent, page)
        with as_gateway_errors(intent):
            try:
                made = await self._sessions.create_async(params, {"idempotency_key": intent.id})
            except stripe.InvalidRequestError as error:
                return ChargeResult(IntentState.DECLINED, reason=reason_of(error))
        result = result_of_session(made.to_dict())
        # A browser that was sent from our page to another address would not be let go.
        if result.link is not None and not result.link.startswith(f"{self._pages_at}/"):
            raise GatewayError(f"Stripe's page for payment intent {intent.id} is not at {self._pages_at}")
        return result

    async def look_up(self, intent: PaymentIntent) -> ChargeResult:
        """Return what became of a page."""
        with as_gateway_errors(intent):
            return await self._look_up(intent)

    async def expire(self, intent: PaymentIntent) -> ChargeResult:
        """See to it that nobody pays on a page any more; SUCCEEDED where somebody was faster."""
        with as_gateway_errors(intent):
            try:
                return result_of_session((await self._sessions.expire_async(id_of(intent))).to_dict())
            except stripe.InvalidRequestError:
                # It is open no more, which says that it has come to something.
                found = await self._look_up(intent)
        if found.state is IntentState.REQUIRES_ACTION:
            raise GatewayError(f"Stripe does not withdraw the page of payment intent {intent.id}")
        return found

    async def _look_up(self, intent: PaymentIntent) -> ChargeResult:
        found = await self._sessions.retrieve_async(id_of(intent), _WITH_PAYMENT)
        return result_of_session(found.to_dict())


def session_params(intent: PaymentIntent, page: HostedPage) -> Mapping[str, object]:
    """Return what a session is asked for by; alike for the same intent, or Stripe refuses the key."""
    ours = {"answerback_intent": intent.id, "answerback_sequence": str(intent.sequence)}
    price = {
        "currency": intent.amount.currency.lower(),
        "unit_amount": stripe_amount(intent.amount),
        "product_data": {"name": page.title},
    }
    return {
        "mode": "payment",
        # Cards alone (and the wallets that hold them): they are paid at once, or not at all.
        "payment_method_types": ["card"],
        "line_items": [{"quantity": 1, "price_data": price}],
        "client_reference_id": intent.id,
        "metadata": ours,
        "payment_intent_data": {"metadata": ours},
        "success_url": page.return_url,
        "cancel_url": page.return_url,
        "expires_at": int(page.expires_at.timestamp()),
        "locale": page.language if page.language in _LOCALES else "auto",
        "submit_type": "pay",
    }


def result_of_session(session: Mapping[str, Any]) -> ChargeResult:
    """Return what a session has come to. One that was paid is paid, whatever else became of it."""
    session_id = session["id"]
    if session.get("payment_status") == "paid":
        return ChargeResult(IntentState.SUCCEEDED, session_id)
    match session.get("status"):
        case "open":
            return ChargeResult(IntentState.REQUIRES_ACTION, session_id, link=session.get("url"))
        case "expired":
            return ChargeResult(IntentState.CANCELLED, session_id, "expired")
    # Complete, and not paid: the money is on its way, or did not come after all.
    payment = session.get("payment_intent")
    status = payment.get("status") if isinstance(payment, Mapping) else None
    if status in ("requires_payment_method", "canceled"):
        failure = payment.get("last_payment_error") or {} if isinstance(payment, Mapping) else {}
        return ChargeResult(IntentState.DECLINED, session_id, failure.get("code") or "payment_failed")
    return ChargeResult(IntentState.UNKNOWN, session_id)
