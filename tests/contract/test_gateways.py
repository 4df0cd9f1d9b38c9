"""What every payment provider's adapter must hold to, counted in the provider's own books."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from ivr.errors import GatewayError
from ivr.money import Money
from ivr.payments.card import Card
from ivr.payments.intent import ChargeResult, IntentState, PaymentIntent
from tests.contract.payment_providers import Provider, Sandbox, Stripe, saved_card, stripe_with


@pytest.fixture(params=["sandbox", "stripe"])
async def provider(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Provider]:
    if request.param == "sandbox":
        yield Sandbox(tmp_path)
        return
    async with stripe_with() as (gateway, double):
        yield Stripe(gateway, double)


def new_intent(intent_id: str = "i1", minor: int = 1999) -> PaymentIntent:
    return PaymentIntent(intent_id, "a1", Money(minor, "USD"), "m1", IntentState.PENDING)


async def created(provider: Provider, token: str, intent: PaymentIntent | None = None) -> PaymentIntent:
    """Return an intent that the provider has written down."""
    new = intent or new_intent()
    result = await provider.gateway.create(new, saved_card(token))
    assert result.state is IntentState.PENDING
    assert result.provider_id is not None
    return replace(new, provider_id=result.provider_id)


async def test_nothing_is_charged_before_it_is_confirmed(provider: Provider) -> None:
    intent = await created(provider, provider.tokens.good)
    assert (await provider.gateway.look_up(intent)).state is IntentState.PENDING
    assert await provider.taken() == []


async def test_what_is_confirmed_is_charged(provider: Provider) -> None:
    intent = await created(provider, provider.tokens.good)
    result = await provider.gateway.confirm(intent)
    assert (result.state, result.provider_id) == (IntentState.SUCCEEDED, intent.provider_id)
    assert await provider.gateway.look_up(intent) == result
    assert await provider.taken() == [1999]


async def test_the_same_intent_again_is_the_same_one_at_the_provider(provider: Provider) -> None:
    first = await created(provider, provider.tokens.good)
    assert await created(provider, provider.tokens.good) == first
    other = await created(provider, provider.tokens.good, new_intent("i2"))
    assert other.provider_id != first.provider_id


async def test_requests_that_come_several_times_at_once_charge_once(provider: Provider) -> None:
    intents = await asyncio.gather(*(created(provider, provider.tokens.good) for _ in range(4)))
    assert len({intent.provider_id for intent in intents}) == 1
    confirmed = await asyncio.gather(
        *(provider.gateway.confirm(intent) for intent in intents), return_exceptions=True
    )
    succeeded = [result for result in confirmed if isinstance(result, ChargeResult)]
    assert {result.state for result in succeeded} == {IntentState.SUCCEEDED}
    assert await provider.taken() == [1999]


async def test_confirming_again_tells_what_became_of_it_the_first_time(provider: Provider) -> None:
    intent = await created(provider, provider.tokens.good)
    first = await provider.gateway.confirm(intent)
    assert await provider.gateway.confirm(intent) == first
    assert await provider.taken() == [1999]


async def test_a_decline_has_a_reason_takes_no_money_and_stays_one(provider: Provider) -> None:
    intent = await created(provider, provider.tokens.declined)
    result = await provider.gateway.confirm(intent)
    assert result.state is IntentState.DECLINED
    assert result.reason in ("card_declined", "generic_decline")
    assert (await provider.gateway.look_up(intent)).state is IntentState.DECLINED
    assert await provider.taken() == []


async def test_what_the_customer_must_agree_to_comes_with_a_link_and_takes_no_money(
    provider: Provider,
) -> None:
    intent = await created(provider, provider.tokens.needs_the_customer)
    result = await provider.gateway.confirm(intent)
    assert result.state is IntentState.REQUIRES_ACTION
    assert result.link is not None
    assert result.link.startswith("https://")
    assert (await provider.gateway.look_up(intent)).link == result.link
    assert await provider.taken() == []


@pytest.mark.parametrize("card", ["good", "needs_the_customer"])
async def test_what_is_cancelled_is_never_charged(provider: Provider, card: str) -> None:
    intent = await created(provider, getattr(provider.tokens, card))
    if card == "needs_the_customer":
        await provider.gateway.confirm(intent)
    assert (await provider.gateway.cancel(intent)).state is IntentState.CANCELLED
    assert (await provider.gateway.confirm(intent)).state is IntentState.CANCELLED
    assert (await provider.gateway.look_up(intent)).state is IntentState.CANCELLED
    assert await provider.taken() == []


async def test_what_was_charged_can_not_be_cancelled_any_more(provider: Provider) -> None:
    intent = await created(provider, provider.tokens.good)
    charged = await provider.gateway.confirm(intent)
    assert await provider.gateway.cancel(intent) == charged


async def test_an_intent_is_never_used_for_another_amount(provider: Provider) -> None:
    await created(provider, provider.tokens.good)
    with pytest.raises(GatewayError):
        await provider.gateway.create(new_intent(minor=2000), saved_card(provider.tokens.good))


async def test_what_the_provider_does_not_know_is_an_error_and_no_answer(provider: Provider) -> None:
    with pytest.raises(GatewayError):
        await provider.gateway.look_up(replace(new_intent(), provider_id="pi_nobody_s"))


CARD = Card("4242424242424242", 2030, 12, "123")


async def test_a_card_that_is_keyed_in_is_kept_under_a_token_that_can_be_charged(
    provider: Provider,
) -> None:
    token = await provider.gateway.take_card(CARD)
    assert token is not None
    assert CARD.number not in token
    intent = await created(provider, token)
    assert (await provider.gateway.confirm(intent)).state is IntentState.SUCCEEDED
    assert await provider.taken() == [1999]
