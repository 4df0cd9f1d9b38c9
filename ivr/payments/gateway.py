"""The port that a payment provider's adapter fills."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from ivr.accounts.payment_method import PaymentMethod
from ivr.payments.card import Card
from ivr.payments.hosted_page import HostedPage
from ivr.payments.intent import ChargeResult, PaymentIntent


class PaymentGateway(Protocol):
    """Charges saved methods in two steps, so that the provider's id is stored before any money moves.

    Every method raises GatewayError when the provider did not say what happened.
    """

    @property
    def moves_money(self) -> bool:
        """Whether cards are really charged; not by a sandbox, nor with a key for tests."""
        ...

    async def create(self, intent: PaymentIntent, method: PaymentMethod) -> ChargeResult:
        """Have the intent written down at the provider; nothing is charged.

        PENDING with the provider's id, the same one for the same intent again; DECLINED when the provider
        will not have it.
        """
        ...

    async def confirm(self, intent: PaymentIntent) -> ChargeResult:
        """Charge an intent that has a provider's id; again, say what became of it the first time."""
        ...

    async def look_up(self, intent: PaymentIntent) -> ChargeResult:
        """Return what became of an intent that has a provider's id; PENDING: it was not told to charge."""
        ...

    async def cancel(self, intent: PaymentIntent) -> ChargeResult:
        """See to it that an intent with a provider's id is never charged any more.

        CANCELLED, or what it had come to before.
        """
        ...


class HostedPages(Protocol):
    """Has pages on which whoever opens one pays with a card that we never see.

    What became of one is asked of the PaymentGateway, which also withdraws it (`cancel`).
    """

    @property
    def pages_at(self) -> str:
        """The origin of its pages: browsers must be let go from our pages to there."""
        ...

    async def open_page(self, intent: PaymentIntent, page: HostedPage) -> ChargeResult:
        """Have a page made on which an intent can be paid, once.

        REQUIRES_ACTION with the provider's id and the page's address, the same ones for the same intent
        again; DECLINED when the provider will not have it. Raises GatewayError when it did not say.
        """
        ...


class PaymentNotices(Protocol):
    """Reads what the provider posts to us by itself, when something became of a payment."""

    def intent_of(self, headers: Mapping[str, str], body: bytes) -> str | None:
        """Return the id of our intent that a notice is about; None: of none that is paid on a page.

        Raises GatewayError, in a clause, for what the provider has not signed.
        """
        ...


class CardKeeper(Protocol):
    """Keeps cards that are keyed in on the telephone, so that we have to keep a token only."""

    async def take_card(self, card: Card) -> str | None:
        """Return the token of a card for one payment; None when it is no card that could be charged.

        Raises GatewayError when the provider can't be asked, or takes no card numbers from us.
        """
        ...
