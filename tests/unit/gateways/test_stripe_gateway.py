"""What is Stripe's own way; what every gateway must hold to is in the contract tests."""

from __future__ import annotations

import logging
import traceback
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from ivr.errors import GatewayError
from ivr.gateways import stripe_gateway
from ivr.gateways.stripe_gateway import StripeGateway
from ivr.money import Money
from ivr.payments.card import Card
from ivr.payments.intent import IntentState, PaymentIntent
from tests.contract.payment_providers import saved_card, stripe_with
from tests.contract.stripe_double import GOOD, KEY, NEEDS_THE_CUSTOMER, REFUSED_NUMBER, StripeDouble

Both = tuple[StripeGateway, StripeDouble]
INTENT = PaymentIntent("i1", "a1", Money(1999, "USD"), "m1", IntentState.PENDING)


@pytest.fixture
async def stripe() -> AsyncIterator[Both]:
    async with stripe_with() as both:
        yield both


async def created(gateway: StripeGateway, token: str = GOOD) -> PaymentIntent:
    result = await gateway.create(INTENT, saved_card(token))
    return replace(INTENT, provider_id=result.provider_id)


async def test_an_answer_that_is_lost_after_the_charge_is_found_by_looking_it_up(stripe: Both) -> None:
    gateway, double = stripe
    intent = await created(gateway)
    double.loses_next_answer = True
    with pytest.raises(GatewayError, match="Stripe did not say what became of payment intent i1"):
        await gateway.confirm(intent)
    assert (await gateway.look_up(intent)).state is IntentState.SUCCEEDED
    assert double.charged == [1999]


async def test_an_intent_whose_answer_was_lost_is_the_same_one_when_it_is_asked_for_again(
    stripe: Both,
) -> None:
    gateway, double = stripe
    intent = await created(gateway)
    double.loses_next_answer = True
    with pytest.raises(GatewayError):
        await created(gateway)
    assert await created(gateway) == intent
    assert len(double.intents) == 1
    assert set(double.keys) == {"i1"}


async def test_nobody_on_the_line_waits_long_for_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stripe_gateway, "ANSWER_SECONDS", 0.05)
    async with stripe_with() as (gateway, double):
        double.is_silent = True
        with pytest.raises(GatewayError, match="no answer"):
            await created(gateway)


@pytest.mark.parametrize("status", [401, 403, 409, 429, 500, 503])
async def test_what_leaves_open_what_happened_is_a_gateway_error(stripe: Both, status: int) -> None:
    gateway, double = stripe
    intent = await created(gateway)
    double.refuses_with = status
    for ask in (gateway.confirm, gateway.look_up, gateway.cancel):
        with pytest.raises(GatewayError, match=f"HTTP {status}"):
            await ask(intent)
    assert double.charged == []


async def test_a_method_that_stripe_does_not_know_is_declined_before_anything_is_charged(
    stripe: Both,
) -> None:
    gateway, _ = stripe
    result = await gateway.create(INTENT, saved_card("pm_of_nobody"))
    assert (result.state, result.reason) == (IntentState.DECLINED, "resource_missing")


async def test_a_card_that_is_kept_for_a_customer_is_charged_as_theirs(stripe: Both) -> None:
    gateway, double = stripe
    await created(gateway, NEEDS_THE_CUSTOMER)
    assert double.forms[-1]["customer"] == "cus_maria"


async def test_the_intent_can_be_found_in_stripes_books_by_our_own_name(stripe: Both) -> None:
    gateway, double = stripe
    intent = await created(gateway)
    assert double.intents[str(intent.provider_id)]["metadata"] == {"answerback_intent": "i1"}


async def test_it_is_charged_when_the_customer_agrees_on_the_page(stripe: Both) -> None:
    gateway, double = stripe
    intent = await created(gateway, NEEDS_THE_CUSTOMER)
    await gateway.confirm(intent)
    double.agree(str(intent.provider_id))
    assert (await gateway.look_up(intent)).state is IntentState.SUCCEEDED


async def test_without_an_address_to_come_back_to_there_is_no_page_to_send_them_to() -> None:
    async with stripe_with(return_url=None) as (gateway, _):
        result = await gateway.confirm(await created(gateway, NEEDS_THE_CUSTOMER))
    assert (result.state, result.link) == (IntentState.REQUIRES_ACTION, None)


@pytest.mark.parametrize("status", ["processing", "requires_capture", "a_status_of_next_year"])
async def test_what_may_have_taken_money_is_unknown(stripe: Both, status: str) -> None:
    gateway, double = stripe
    intent = await created(gateway)
    double.intents[str(intent.provider_id)]["status"] = status
    assert (await gateway.look_up(intent)).state is IntentState.UNKNOWN


async def test_key_and_token_are_in_no_log(stripe: Both, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    gateway, double = stripe
    await gateway.confirm(await created(gateway))
    double.refuses_with = 500
    with pytest.raises(GatewayError) as caught:
        await created(gateway)
    for secret in (KEY, GOOD):
        assert secret not in caplog.text + str(caught.value)


CARD = Card("4242424242424242", 2030, 12, "739")


async def test_a_card_that_could_not_be_charged_is_not_kept(stripe: Both) -> None:
    gateway, _ = stripe
    assert await gateway.take_card(replace(CARD, number=REFUSED_NUMBER)) is None


async def test_an_account_that_may_not_send_numbers_is_an_error_of_ours_and_not_of_the_cards(
    stripe: Both,
) -> None:
    gateway, double = stripe
    double.takes_numbers = False
    with pytest.raises(GatewayError, match="Stripe kept no card"):
        await gateway.take_card(CARD)


@pytest.mark.parametrize("status", [None, 500])
async def test_no_digit_of_a_card_is_in_any_log_or_error(
    stripe: Both, caplog: pytest.LogCaptureFixture, status: int | None
) -> None:
    caplog.set_level(logging.DEBUG)
    gateway, double = stripe
    double.refuses_with, double.loses_next_answer = status, status is None
    with pytest.raises(GatewayError) as caught:
        await gateway.take_card(CARD)
    told = caplog.text + "".join(traceback.format_exception(caught.value))
    for secret in (CARD.number, CARD.code, CARD.number[:6]):
        assert secret not in told
    assert caught.value.__suppress_context__
