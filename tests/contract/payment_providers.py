"""Payment providers under test: their adapter, cards that behave, and their own count of what was taken."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ivr.accounts.payment_method import PaymentMethod
from ivr.gateways.sandbox import DECLINE, REQUIRES_ACTION, SandboxGateway
from ivr.gateways.stripe_gateway import StripeGateway
from ivr.payments.gateway import CardKeeper, PaymentGateway
from tests.contract import stripe_double


@dataclass(frozen=True, slots=True)
class Tokens:
    """The provider's tokens for cards that behave in one way."""

    good: str
    declined: str
    needs_the_customer: str


class Gateway(PaymentGateway, CardKeeper, Protocol):
    """All that an adapter does."""


class Provider(Protocol):
    """A provider with its books."""

    gateway: Gateway
    tokens: Tokens

    async def taken(self) -> Sequence[int]:
        """Return every amount that was taken, in minor units, by the provider's own books."""
        ...


class Stripe:
    """Stripe's adapter, before a server that answers like Stripe."""

    tokens = Tokens(stripe_double.GOOD, stripe_double.DECLINED, stripe_double.NEEDS_THE_CUSTOMER)

    def __init__(self, gateway: StripeGateway, double: stripe_double.StripeDouble) -> None:
        self.gateway: Gateway = gateway
        self._double = double

    async def taken(self) -> Sequence[int]:
        return self._double.charged


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
        self._sandbox = SandboxGateway(folder / "provider.db")
        self.gateway: Gateway = self._sandbox

    async def taken(self) -> Sequence[int]:
        return [charge.amount.minor for charge in await self._sandbox.charges()]


def saved_card(token: str) -> PaymentMethod:
    """Return a customer's saved card with this token."""
    return PaymentMethod("m1", "c1", "card", "4242", token)
