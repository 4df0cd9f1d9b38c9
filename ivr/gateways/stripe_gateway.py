"""Stripe as a payment provider: one PaymentIntent of theirs for one of ours.

Ours is theirs' idempotency key when it is created, and is written into it as well, for people who compare the
books. To confirm needs no key: a PaymentIntent succeeds once, however often it is asked to.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

import aiohttp
import stripe

from ivr.accounts.payment_method import PaymentMethod
from ivr.errors import GatewayError
from ivr.gateways.live_key import is_live_key
from ivr.gateways.stripe_amount import stripe_amount
from ivr.gateways.stripe_checkout import PAGES_AT, StripeCheckout
from ivr.gateways.stripe_errors import as_gateway_errors, id_of, reason_of
from ivr.payments.card import Card
from ivr.payments.hosted_page import HostedPage
from ivr.payments.intent import ChargeResult, IntentState, PaymentIntent

API_VERSION = "2024-06-20"
"""The version of Stripe's interface that these requests were written for, whatever the account's is."""
ANSWER_SECONDS = 10.0
"""So long an answer is waited for: somebody is on the line."""

_STATES = {
    "requires_confirmation": IntentState.PENDING,
    "requires_action": IntentState.REQUIRES_ACTION,
    # A bank account is asked for days.
    "processing": IntentState.UNKNOWN,
    "succeeded": IntentState.SUCCEEDED,
    "canceled": IntentState.CANCELLED,
}


class StripeGateway:
    """A PaymentGateway; a method's token is the id of a Stripe PaymentMethod (`pm_…`)."""

    def __init__(
        self, key: str, *, return_url: str | None = None, api: str = stripe.DEFAULT_API_BASE
    ) -> None:
        """`key` is a secret key. Where there is a `return_url`, a customer may be asked to agree on a page of
        the bank's, which leads there in the end; without one the bank decides at once.
        """
        # The library writes down what it sends, and tokens in addresses.
        logging.getLogger("stripe").setLevel(logging.WARNING)
        self._return_url, self._is_live = return_url, is_live_key(key)
        self._http = stripe.AIOHTTPClient(timeout=ANSWER_SECONDS)
        self._client = stripe.StripeClient(
            key,
            stripe_version=API_VERSION,
            base_addresses={"api": api},
            http_client=self._http,
            max_network_retries=0,
        )
        self._checkout = StripeCheckout(self._client, PAGES_AT)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.close_async()  # type: ignore[no-untyped-call]

    @property
    def moves_money(self) -> bool:
        """Whether the key is a live one."""
        return self._is_live

    @property
    def pages_at(self) -> str:
        """Where Stripe's own pages are."""
        return PAGES_AT

    async def open_page(self, intent: PaymentIntent, page: HostedPage) -> ChargeResult:
        """Have a page of Stripe's made on which an intent can be paid."""
        return await self._checkout.open(intent, page)

    async def create(self, intent: PaymentIntent, method: PaymentMethod) -> ChargeResult:
        """Write the intent down at Stripe; DECLINED when it will have none of it."""
        with as_gateway_errors(intent):
            try:
                return _result_of(await self._create(intent, method.token))
            except (stripe.CardError, stripe.InvalidRequestError) as error:
                return ChargeResult(IntentState.DECLINED, reason=reason_of(error))

    async def confirm(self, intent: PaymentIntent) -> ChargeResult:
        """Charge."""
        with as_gateway_errors(intent):
            try:
                return _result_of(await self._confirm(intent))
            except stripe.CardError as error:
                return ChargeResult(IntentState.DECLINED, intent.provider_id, reason_of(error))
            except stripe.InvalidRequestError:
                # It can't be confirmed any more, which says that it has come to something.
                return await self._settled(intent)

    async def look_up(self, intent: PaymentIntent) -> ChargeResult:
        """Return what became of an intent."""
        if intent.is_hosted:
            return await self._checkout.look_up(intent)
        with as_gateway_errors(intent):
            return await self._look_up(intent)

    async def cancel(self, intent: PaymentIntent) -> ChargeResult:
        """Give an intent up, unless it has come to its end already."""
        if intent.is_hosted:
            return await self._checkout.expire(intent)
        with as_gateway_errors(intent):
            try:
                return _result_of(await self._client.v1.payment_intents.cancel_async(id_of(intent)))
            except stripe.InvalidRequestError:
                return await self._settled(intent)

    async def take_card(self, card: Card) -> str | None:
        """Have Stripe keep a card for one payment; it takes numbers only of accounts that may send them."""
        numbers: Any = {
            "number": card.number,
            "exp_year": card.year,
            "exp_month": card.month,
            "cvc": card.code,
        }
        try:
            kept = await self._client.v1.payment_methods.create_async({"type": "card", "card": numbers})
        except stripe.StripeError as error:
            if getattr(error.error, "type", None) == "card_error":
                return None
            # Nothing of the request is chained to this: it holds the number.
            raise GatewayError(f"Stripe kept no card (HTTP {error.http_status}, {error.code})") from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise GatewayError(f"Stripe kept no card ({type(error).__name__})") from None
        return kept.id

    async def _create(self, intent: PaymentIntent, token: str) -> stripe.PaymentIntent:
        saved = await self._client.v1.payment_methods.retrieve_async(token)
        customer = getattr(saved, "customer", None)
        # As of API_VERSION; the library's types are of its newest.
        params: Any = {
            "amount": stripe_amount(intent.amount),
            "currency": intent.amount.currency.lower(),
            "payment_method": token,
            "payment_method_types": [saved.type],
            "metadata": {"answerback_intent": intent.id, "answerback_sequence": str(intent.sequence)},
        }
        if customer is not None:
            params["customer"] = customer if isinstance(customer, str) else customer.id
        return await self._client.v1.payment_intents.create_async(params, {"idempotency_key": intent.id})

    async def _confirm(self, intent: PaymentIntent) -> stripe.PaymentIntent:
        params: stripe.params.PaymentIntentConfirmParams = {}
        if self._return_url is not None:
            params["return_url"] = self._return_url
        return await self._client.v1.payment_intents.confirm_async(id_of(intent), params)

    async def _look_up(self, intent: PaymentIntent) -> ChargeResult:
        return _result_of(await self._client.v1.payment_intents.retrieve_async(id_of(intent)))

    async def _settled(self, intent: PaymentIntent) -> ChargeResult:
        found = await self._look_up(intent)
        if found.state is IntentState.PENDING:
            raise GatewayError(f"Stripe refuses to go on with payment intent {intent.id}, and says not why")
        return found


def _result_of(answer: stripe.PaymentIntent) -> ChargeResult:
    # Read as a mapping: what there is nothing to say of, Stripe may leave out.
    theirs: Mapping[str, Any] = answer.to_dict()
    failure = theirs.get("last_payment_error") or {}
    if theirs["status"] == "requires_payment_method" and failure:
        reason = failure.get("decline_code") or failure.get("code") or "card_declined"
        return ChargeResult(IntentState.DECLINED, theirs["id"], reason)
    # A status that we never ask for is nothing that may be charged on top of.
    state = _STATES.get(theirs["status"], IntentState.UNKNOWN)
    reason = (theirs.get("cancellation_reason") or "cancelled") if state is IntentState.CANCELLED else None
    page = (theirs.get("next_action") or {}).get("redirect_to_url") or {}
    return ChargeResult(state, theirs["id"], reason, page.get("url"))
