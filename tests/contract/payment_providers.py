"""Payment providers under test: their adapter, cards that behave, and their own count of what was taken."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from ivr.accounts.payment_method import PaymentMethod
from ivr.clock import utc_now
from ivr.gateways.sandbox import DECLINE, REQUIRES_ACTION, SandboxGateway
from ivr.gateways.stripe_gateway import StripeGateway
from ivr.payments.gateway import CardKeeper, HostedPages, PaymentGateway
from ivr.payments.intent import PaymentIntent
from tests.contract import stripe_double


@dataclass(frozen=True, slots=True)
class Tokens:
    """The provider's tokens for cards that behave in one way."""

    good: str
    declined: str
    needs_the_customer: str


class Gateway(PaymentGateway, CardKeeper, HostedPages, Protocol):
    """All that an adapter does."""


class Provider(Protocol):
    """A provider with its books."""

    gateway: Gateway
    tokens: Tokens

    async def taken(self) -> Sequence[int]:
        """Return every amount that was taken, in minor units, by the provider's own books."""
        ...

    async def pays_on_page(self, intent: PaymentIntent) -> bool:
        """Do what a customer with a good card does on the intent's page; False where it is closed."""
        ...

    async def is_declined_on_page(self, intent: PaymentIntent) -> None:
        """Do what a customer with a bad card does there."""
        ...

    def time_goes_by(self, seconds: float) -> None:
        """Let the provider's clock go on."""
        ...


class Stripe:
    """Stripe's adapter, before a server that answers like Stripe."""

    tokens = Tokens(stripe_double.GOOD, stripe_double.DECLINED, stripe_double.NEEDS_THE_CUSTOMER)

    def __init__(self, gateway: StripeGateway, double: stripe_double.StripeDouble) -> None:
        self.gateway: Gateway = gateway
        self._double = double

    async def taken(self) -> Sequence[int]:
        return self._double.charged

    async def pays_on_page(self, intent: PaymentIntent) -> bool:
        return self._double.checkout.pay(str(intent.provider_id))

    async def is_declined_on_page(self, intent: PaymentIntent) -> None:
        self._double.checkout.decline(str(intent.provider_id))

    def time_goes_by(self, seconds: float) -> None:
        now = self._double.checkout.now
        self._double.checkout.now = lambda: now() + seconds


@asynccontextmanager
async def stripe_with(
    return_url: str | None = "https://bank.example.com/thanks",
) -> AsyncIterator[tuple[StripeGateway, stripe_double.StripeDouble]]:
    """Start the server and the adapter that talks to it."""
    async with (
        stripe_double.stripe_double() as double,
        StripeGateway(stripe_double.KEY, return_url=return_url, api=double.address) as gateway,
    ):
        yield gateway, double


class Sandbox:
    """Our own provider that moves no money."""

    tokens = Tokens("tok_ok", DECLINE, REQUIRES_ACTION)

    def __init__(self, folder: Path) -> None:
        self._ahead = timedelta(0)
        self._sandbox = SandboxGateway(folder / "provider.db", lambda: utc_now() + self._ahead)
        self.gateway: Gateway = self._sandbox

    async def taken(self) -> Sequence[int]:
        return [charge.amount.minor for charge in await self._sandbox.charges()]

    async def pays_on_page(self, intent: PaymentIntent) -> bool:
        return await self._sandbox.pay_on_page(str(intent.provider_id))

    async def is_declined_on_page(self, intent: PaymentIntent) -> None:
        await self._sandbox.page(str(intent.provider_id))  # and nothing more: it is one of its buttons

    def time_goes_by(self, seconds: float) -> None:
        self._ahead += timedelta(seconds=seconds)


def saved_card(token: str) -> PaymentMethod:
    """Return a customer's saved card with this token."""
    return PaymentMethod("m1", "c1", "card", "4242", token)
