"""Payment providers under test: their adapter, cards that behave, and their own count of what was taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ivr.accounts.payment_method import PaymentMethod
from ivr.gateways.sandbox import DECLINE, REQUIRES_ACTION, SandboxGateway
from ivr.payments.gateway import PaymentGateway


@dataclass(frozen=True, slots=True)
class Tokens:
    """The provider's tokens for cards that behave in one way."""

    good: str
    declined: str
    needs_the_customer: str


class Provider(Protocol):
    """A provider with its books."""

    gateway: PaymentGateway
    tokens: Tokens

    async def taken(self) -> Sequence[int]:
        """Return every amount that was taken, in minor units, by the provider's own books."""
        ...


class Sandbox:
    """Our own provider that moves no money."""

    tokens = Tokens("tok_ok", DECLINE, REQUIRES_ACTION)

    def __init__(self, folder: Path) -> None:
        self._sandbox = SandboxGateway(folder / "provider.db")
        self.gateway: PaymentGateway = self._sandbox

    async def taken(self) -> Sequence[int]:
        return [charge.amount.minor for charge in await self._sandbox.charges()]


def saved_card(token: str) -> PaymentMethod:
    """Return a customer's saved card with this token."""
    return PaymentMethod("m1", "c1", "card", "4242", token)
