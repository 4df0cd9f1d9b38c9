"""What every provider's own page must hold to, counted in the provider's books."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from ivr.clock import utc_now
from ivr.errors import GatewayError
from ivr.money import Money
from ivr.payments.hosted_page import HostedPage
from ivr.payments.intent import IntentState, PaymentIntent
from tests.contract.payment_providers import Provider, Sandbox, Stripe, saved_card, stripe_with

HOUR = 3600.0
PAGE = HostedPage(
    title="Payment to Sample Bank",
    language="es",
    return_url="https://bank.example.com/l/back/i1",
    expires_at=utc_now() + timedelta(hours=12),
)


@pytest.fixture(params=["sandbox", "stripe"])
async def provider(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Provider]:
    if request.param == "sandbox":
        yield Sandbox(tmp_path)
        return
    async with stripe_with() as (gateway, double):
        yield Stripe(gateway, double)


def new_intent(intent_id: str = "i1", minor: int = 1999) -> PaymentIntent:
    return PaymentIntent(intent_id, "a1", Money(minor, "USD"), None, IntentState.PENDING)


async def opened(provider: Provider, intent: PaymentIntent | None = None) -> PaymentIntent:
    """Return an intent whose page is open."""
    new = intent or new_intent()
    result = await provider.gateway.open_page(new, PAGE)
    assert result.state is IntentState.REQUIRES_ACTION
    assert result.provider_id is not None
    assert result.link is not None
    assert result.link.startswith(f"{provider.gateway.pages_at}/")
    return replace(new, provider_id=result.provider_id)


async def test_an_open_page_takes_no_money_and_is_found_again(provider: Provider) -> None:
    intent = await opened(provider)
    found = await provider.gateway.look_up(intent)
    assert (found.state, found.provider_id) == (IntentState.REQUIRES_ACTION, intent.provider_id)
    assert found.link == (await provider.gateway.open_page(new_intent(), PAGE)).link
    assert await provider.taken() == []


async def test_what_is_paid_on_the_page_is_paid_once(provider: Provider) -> None:
    intent = await opened(provider)
    assert await provider.pays_on_page(intent)
    assert not await provider.pays_on_page(intent)
    found = await provider.gateway.look_up(intent)
    assert (found.state, found.provider_id, found.link) == (
        IntentState.SUCCEEDED,
        intent.provider_id,
        None,
    )
    assert await provider.taken() == [1999]


async def test_the_same_intent_again_is_the_same_page(provider: Provider) -> None:
    first = await opened(provider)
    again = await asyncio.gather(*(opened(provider) for _ in range(3)))
    assert {intent.provider_id for intent in again} == {first.provider_id}
    assert (await opened(provider, new_intent("i2"))).provider_id != first.provider_id
    assert await provider.pays_on_page(first)
    assert await provider.taken() == [1999]


async def test_a_page_is_never_used_for_another_amount(provider: Provider) -> None:
    await opened(provider)
    with pytest.raises(GatewayError):
        await provider.gateway.open_page(new_intent(minor=2000), PAGE)


async def test_a_card_that_is_declined_leaves_the_page_open_for_another(provider: Provider) -> None:
    intent = await opened(provider)
    await provider.is_declined_on_page(intent)
    assert (await provider.gateway.look_up(intent)).state is IntentState.REQUIRES_ACTION
    assert await provider.pays_on_page(intent)
    assert await provider.taken() == [1999]


async def test_nobody_pays_on_a_page_that_was_withdrawn(provider: Provider) -> None:
    intent = await opened(provider)
    ended = await provider.gateway.cancel(intent)
    assert ended.state is IntentState.CANCELLED
    assert not await provider.pays_on_page(intent)
    assert (await provider.gateway.look_up(intent)).state is IntentState.CANCELLED
    assert (await provider.gateway.cancel(intent)).state is IntentState.CANCELLED
    assert await provider.taken() == []


async def test_what_was_paid_before_it_was_withdrawn_counts_as_paid(provider: Provider) -> None:
    intent = await opened(provider)
    await provider.pays_on_page(intent)
    assert (await provider.gateway.cancel(intent)).state is IntentState.SUCCEEDED
    assert await provider.taken() == [1999]


async def test_nobody_pays_on_a_page_whose_time_is_over(provider: Provider) -> None:
    intent = await opened(provider)
    provider.time_goes_by(11 * HOUR)
    assert (await provider.gateway.look_up(intent)).state is IntentState.REQUIRES_ACTION
    provider.time_goes_by(HOUR + 1)
    assert not await provider.pays_on_page(intent)
    found = await provider.gateway.look_up(intent)
    assert (found.state, found.reason) == (IntentState.CANCELLED, "expired")
    assert (await provider.gateway.cancel(intent)).state is IntentState.CANCELLED


async def test_a_page_that_the_provider_does_not_know_is_an_error_and_no_answer(provider: Provider) -> None:
    unknown = replace(new_intent(), provider_id="cs_nobody_s")
    for ask in (provider.gateway.look_up, provider.gateway.cancel):
        with pytest.raises(GatewayError):
            await ask(unknown)


async def test_a_page_plays_no_part_for_saved_methods(provider: Provider) -> None:
    await opened(provider)
    saved = replace(new_intent("i2"), method_id="m1")
    created = await provider.gateway.create(saved, saved_card(provider.tokens.good))
    confirmed = await provider.gateway.confirm(replace(saved, provider_id=created.provider_id))
    assert confirmed.state is IntentState.SUCCEEDED
    assert await provider.taken() == [1999]
