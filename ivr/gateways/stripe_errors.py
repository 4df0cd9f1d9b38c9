"""What Stripe raises, as gateway errors; the words are ours, theirs may hold anything."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import stripe

from ivr.errors import GatewayError
from ivr.payments.intent import PaymentIntent


@contextmanager
def as_gateway_errors(intent: PaymentIntent) -> Iterator[None]:
    """Raise what leaves open what happened to an intent as GatewayError."""
    try:
        yield
    except stripe.StripeError as error:
        status = f"HTTP {error.http_status}" if error.http_status else "no answer"
        raise GatewayError(
            f"Stripe did not say what became of payment intent {intent.id} ({status}, {error.code})"
        ) from error
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise GatewayError(
            f"Stripe did not say what became of payment intent {intent.id} ({type(error).__name__})"
        ) from error


def reason_of(error: stripe.CardError | stripe.InvalidRequestError) -> str:
    """Return Stripe's word for a refusal: the bank's, where there is one."""
    return getattr(error.error, "decline_code", None) or error.code or "refused"


def id_of(intent: PaymentIntent) -> str:
    """Return Stripe's id of an intent; raises GatewayError while it has none."""
    if intent.provider_id is None:
        raise GatewayError(f"payment intent {intent.id} has no id at Stripe yet")
    return intent.provider_id
