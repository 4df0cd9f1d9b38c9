"""Stripe's adapter before somebody else's idea of Stripe, as far as that goes.

localstripe knows no idempotency keys and no pages of a bank's; those are held before our own double, in
test_gateways.py.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import stripe

from ivr.gateways.stripe_gateway import StripeGateway
from ivr.money import Money
from ivr.payments.intent import IntentState, PaymentIntent
from tests.contract.payment_providers import saved_card

KEY = "sk_test_local"
GOOD, DECLINED, NEEDS_THE_CUSTOMER = "4242424242424242", "4000000000000341", "4000002500003155"
INTENT = PaymentIntent("i1", "a1", Money(1999, "USD"), "m1", IntentState.PENDING)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.contract.localstripe_server"],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    with server.stdout:
        yield f"http://127.0.0.1:{server.stdout.readline().strip()}"
        server.kill()
        server.wait()


@pytest.fixture
async def gateway(address: str) -> AsyncIterator[StripeGateway]:
    async with StripeGateway(KEY, api=address) as opened:
        yield opened


async def kept_card(address: str, number: str) -> str:
    """Have localstripe keep a card for a customer; return its token."""
    http = stripe.AIOHTTPClient()
    client = stripe.StripeClient(KEY, base_addresses={"api": address}, http_client=http).v1
    method = await client.payment_methods.create_async(
        {"type": "card", "card": {"number": number, "exp_month": 12, "exp_year": 2030, "cvc": "123"}}
    )
    customer = await client.customers.create_async({"name": "Maria Lopez"})
    await client.payment_methods.attach_async(method.id, {"customer": customer.id})
    await http.close_async()  # type: ignore[no-untyped-call]
    return method.id


async def created(gateway: StripeGateway, token: str) -> PaymentIntent:
    result = await gateway.create(INTENT, saved_card(token))
    assert result.state is IntentState.PENDING
    return replace(INTENT, provider_id=result.provider_id)


async def test_a_saved_card_is_charged_once(gateway: StripeGateway, address: str) -> None:
    intent = await created(gateway, await kept_card(address, GOOD))
    assert (await gateway.look_up(intent)).state is IntentState.PENDING
    first = await gateway.confirm(intent)
    assert first.state is IntentState.SUCCEEDED
    assert await gateway.confirm(intent) == first == await gateway.look_up(intent)
    assert await gateway.cancel(intent) == first


async def test_a_declined_card_is_told_with_its_reason(gateway: StripeGateway, address: str) -> None:
    intent = await created(gateway, await kept_card(address, DECLINED))
    result = await gateway.confirm(intent)
    assert (result.state, result.reason) == (IntentState.DECLINED, "card_declined")
    assert (await gateway.look_up(intent)).state is IntentState.DECLINED


async def test_a_card_whose_owner_must_agree_is_not_charged_and_can_be_given_up(
    gateway: StripeGateway, address: str
) -> None:
    intent = await created(gateway, await kept_card(address, NEEDS_THE_CUSTOMER))
    assert (await gateway.confirm(intent)).state is IntentState.REQUIRES_ACTION
    assert (await gateway.cancel(intent)).state is IntentState.CANCELLED
    assert (await gateway.confirm(intent)).state is IntentState.CANCELLED


async def test_a_card_that_stripe_does_not_know_is_refused(gateway: StripeGateway) -> None:
    result = await gateway.create(INTENT, saved_card("pm_of_nobody"))
    assert result.state is IntentState.DECLINED
