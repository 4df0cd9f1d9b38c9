"""What Stripe posts to us when something became of a page of its own. It is looked up, and not believed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import stripe

from ivr.errors import GatewayError

_SIGNATURE = "stripe-signature"
_OURS = "checkout.session"


class StripeEvents:
    """PaymentNotices signed by Stripe with `secret` (`whsec_…`); one older than five minutes is refused."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def intent_of(self, headers: Mapping[str, str], body: bytes) -> str | None:
        """Return whose session an event is about; raises GatewayError for what Stripe has not signed."""
        try:
            text = body.decode()
            stripe.WebhookSignature.verify_header(
                text, headers.get(_SIGNATURE, ""), self._secret, stripe.Webhook.DEFAULT_TOLERANCE
            )
            event: Any = json.loads(text)
        except (ValueError, TypeError, RecursionError, stripe.SignatureVerificationError):
            # TypeError: a signature that is not in ASCII, which the library does not compare.
            raise GatewayError("it is no event that Stripe has signed") from None
        about = _within(_within(event, "data"), "object")
        if _within(about, "object") != _OURS:
            return None
        intent_id = _within(about, "client_reference_id")
        return intent_id if isinstance(intent_id, str) else None


def _within(value: object, name: str) -> object:
    return value.get(name) if isinstance(value, dict) else None
