"""What is Stripe's own way with pages; what every provider's page must hold to is in the contract tests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from ivr.clock import utc_now
from ivr.errors import GatewayError
from ivr.gateways.stripe_checkout import result_of_session, session_params
from ivr.gateways.stripe_gateway import StripeGateway
from ivr.money import Money
from ivr.payments.hosted_page import HostedPage
from ivr.payments.intent import IntentState, PaymentIntent
from tests.contract.payment_providers import stripe_with
from tests.contract.stripe_double import StripeDouble

Both = tuple[StripeGateway, StripeDouble]
INTENT = PaymentIntent("i1", "a1", Money(1999, "USD"), None, IntentState.PENDING)
BACK = "https://bank.example.com/l/back/i1"
PAGE = HostedPage("Payment to Sample Bank", "fr", BACK, utc_now() + timedelta(hours=1))


@pytest.fixture
async def stripe() -> AsyncIterator[Both]:
    async with stripe_with() as both:
        yield both


async def opened(gateway: StripeGateway) -> PaymentIntent:
    result = await gateway.open_page(INTENT, PAGE)
    return replace(INTENT, provider_id=result.provider_id)


async def test_a_session_can_be_found_by_our_own_name_and_comes_back_to_us(stripe: Both) -> None:
    gateway, double = stripe
    await opened(gateway)
    [form] = double.checkout.forms
    assert form["client_reference_id"] == form["metadata[answerback_intent]"] == "i1"
    assert form["payment_intent_data[metadata][answerback_intent]"] == "i1"
    assert form["success_url"] == form["cancel_url"] == BACK
    assert form["locale"] == "fr"
    assert form["line_items[0][price_data][product_data][name]"] == "Payment to Sample Bank"
    assert form["expires_at"] == str(int(PAGE.expires_at.timestamp()))


async def test_a_session_whose_answer_was_lost_is_the_same_one_when_it_is_asked_for_again(
    stripe: Both,
) -> None:
    gateway, double = stripe
    double.loses_next_answer = True
    with pytest.raises(GatewayError, match="Stripe did not say what became of payment intent i1"):
        await opened(gateway)
    intent = await opened(gateway)
    assert list(double.checkout.sessions) == [intent.provider_id]


async def test_what_stripe_will_have_none_of_is_declined(stripe: Both) -> None:
    gateway, double = stripe
    result = await gateway.open_page(INTENT, replace(PAGE, return_url="no address"))
    assert (result.state, result.reason) == (IntentState.DECLINED, "parameter_invalid")
    assert double.checkout.sessions == {}


async def test_a_page_where_browsers_are_not_let_go_is_an_error(stripe: Both) -> None:
    gateway, double = stripe
    double.checkout.pages_at = "https://pay.bank.example.com"
    with pytest.raises(GatewayError, match=r"is not at https://checkout\.stripe\.com"):
        await opened(gateway)


@pytest.mark.parametrize(
    ("payment", "state", "reason"),
    [
        ("processing", IntentState.UNKNOWN, None),
        ("a_status_of_next_year", IntentState.UNKNOWN, None),
        ("requires_payment_method", IntentState.DECLINED, "card_declined"),
        ("canceled", IntentState.DECLINED, "payment_failed"),
    ],
)
async def test_a_customer_who_is_done_has_paid_only_when_the_money_came(
    stripe: Both, payment: str, state: IntentState, reason: str | None
) -> None:
    gateway, double = stripe
    intent = await opened(gateway)
    double.checkout.complete_unpaid(str(intent.provider_id), payment)
    found = await gateway.look_up(intent)
    assert (found.state, found.reason) == (state, reason)
    assert await gateway.cancel(intent) == found


@pytest.mark.parametrize("status", [401, 403, 409, 429, 500])
async def test_what_leaves_open_what_happened_is_a_gateway_error(stripe: Both, status: int) -> None:
    gateway, double = stripe
    intent = await opened(gateway)
    double.refuses_with = status
    for ask in (gateway.look_up, gateway.cancel):
        with pytest.raises(GatewayError, match=f"HTTP {status}"):
            await ask(intent)


@pytest.mark.parametrize("status", ["open", "complete", "expired"])
def test_a_session_that_was_paid_is_paid_whatever_else_became_of_it(status: str) -> None:
    result = result_of_session({"id": "cs_1", "status": status, "payment_status": "paid"})
    assert result.state is IntentState.SUCCEEDED


def test_a_language_that_stripe_is_not_told_of_is_left_to_the_browser() -> None:
    assert session_params(INTENT, replace(PAGE, language="tlh"))["locale"] == "auto"
