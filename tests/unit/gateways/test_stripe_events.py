"""What Stripe posts to us is read only where Stripe has signed it, and just now."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
import stripe
from hypothesis import given
from hypothesis import strategies as st

from ivr.errors import GatewayError
from ivr.gateways.stripe_events import StripeEvents

KEY = "whsec_test"


def event(**about: Any) -> bytes:
    """Return an event about a session, as Stripe writes it."""
    session = {"id": "cs_test_1", "object": "checkout.session", "client_reference_id": "i1", **about}
    told = {
        "id": "evt_1",
        "type": "checkout.session.completed",
        "data": {"object": session},
    }
    return json.dumps(told).encode()


def signed(body: bytes, secret: str = KEY, age: int = 0) -> dict[str, str]:
    """Return the headers that Stripe sends with a body."""
    at = int(time.time()) - age
    signature = stripe.WebhookSignature._compute_signature(f"{at}.{body.decode()}", secret)
    return {"stripe-signature": f"t={at},v1={signature}"}


def test_an_event_about_a_session_names_our_intent() -> None:
    assert StripeEvents(KEY).intent_of(signed(event()), event()) == "i1"


@pytest.mark.parametrize("about", [{"object": "payment_intent"}, {"client_reference_id": None}])
def test_an_event_about_anything_else_names_none(about: dict[str, Any]) -> None:
    body = event(**about)
    assert StripeEvents(KEY).intent_of(signed(body), body) is None


@pytest.mark.parametrize("body", [b"[]", b"1", b'{"data": 1}', b'{"data": {"object": ["x"]}}'])
def test_an_event_of_another_form_names_none(body: bytes) -> None:
    assert StripeEvents(KEY).intent_of(signed(body), body) is None


@given(st.text(max_size=40) | st.builds("t={},v1={}".format, st.integers(), st.text(max_size=9)), st.binary())
def test_whatever_strangers_post_is_refused(signature: str, body: bytes) -> None:
    with pytest.raises(GatewayError):
        StripeEvents(KEY).intent_of({"stripe-signature": signature}, body)


@pytest.mark.parametrize(
    ("signature", "body"),
    [
        (dict, event()),
        (lambda: {"stripe-signature": "nonsense"}, event()),
        (lambda: signed(event(), "whsec_other"), event()),
        (lambda: signed(event()), event(client_reference_id="i2")),
        (lambda: signed(event(), age=301), event()),
        (lambda: signed(b"no event"), b"no event"),
        (lambda: signed(event()), b""),
        (dict, b"\xff"),
        (lambda: {"stripe-signature": f"t={int(time.time())},v1=\xe4"}, event()),
        (lambda: signed(b"[" * 30_000), b"[" * 30_000),
    ],
)
def test_what_stripe_has_not_signed_just_now_is_refused(
    signature: Callable[[], dict[str, str]], body: bytes
) -> None:
    with pytest.raises(GatewayError, match="no event that Stripe has signed"):
        StripeEvents(KEY).intent_of(signature(), body)
