"""A server on loopback that answers as Stripe documents it, for the requests that we make.

It stands in for what the real one can't be made to show in a test: idempotency keys, declines, pages of the
bank's, races and lost answers, each with a count of what was really charged.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.contract.checkout_double import CheckoutDouble

KEY = "sk_test_double"
GOOD, DECLINED, NEEDS_THE_CUSTOMER = "pm_card_visa", "pm_card_declined", "pm_card_needs_the_customer"
REFUSED_NUMBER = "4000000000000002"

Json = dict[str, Any]


@dataclass
class StripeDouble:
    """Stripe's books, and its manners."""

    address: str = ""
    intents: dict[str, Json] = field(default_factory=dict)
    charged: list[int] = field(default_factory=list)
    """Every amount that was taken."""
    checkout: CheckoutDouble = field(init=False)
    """Its pages that people pay on."""
    forms: list[Mapping[str, str]] = field(default_factory=list)
    """What was sent with each request."""
    keys: list[str] = field(default_factory=list)
    """The idempotency key of each intent that was asked for."""
    is_silent: bool = False
    """Requests are taken in, and never answered."""
    takes_numbers: bool = True
    """Whether the account may send card numbers."""
    loses_next_answer: bool = False
    """The next request that changes something is carried out, and then the connection breaks."""
    refuses_with: int | None = None
    """An HTTP status that everything is answered with, nothing having been done."""
    is_over: asyncio.Event = field(default_factory=asyncio.Event)
    """Lets go whoever waits for an answer."""
    _cards: dict[str, str | None] = field(
        default_factory=lambda: {GOOD: None, DECLINED: None, NEEDS_THE_CUSTOMER: "cus_maria"}
    )
    """Payment methods that are kept, with the customer that each is attached to."""
    _by_key: dict[str, tuple[Mapping[str, str], str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.checkout = CheckoutDouble(self.charged)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        form = {str(name): str(value) for name, value in (await request.post()).items()}
        self.forms.append(form)
        if request.headers.get("Authorization") != f"Bearer {KEY}":
            return _error(401, "invalid_request_error", "api_key_invalid")
        if self.is_silent:
            await self.is_over.wait()
        if self.refuses_with is not None:
            return _error(self.refuses_with, "api_error", "")
        response = self._carry_out(request, form)
        if self.loses_next_answer and request.method == "POST":
            self.loses_next_answer = False
            assert request.transport is not None
            request.transport.abort()
        return response

    def _carry_out(self, request: web.Request, form: Mapping[str, str]) -> web.Response:
        match request.path.strip("/").split("/"):
            case ["v1", "checkout", "sessions", *rest]:
                return self.checkout.answer(rest, request, form)
            case ["v1", "payment_methods"]:
                return self._keep(form)
            case ["v1", "payment_methods", token]:
                return self._payment_method(token)
            case ["v1", "payment_intents"]:
                return self._create(form, request.headers["Idempotency-Key"])
            case ["v1", "payment_intents", intent_id, *action]:
                intent = self.intents.get(intent_id)
                if intent is None:
                    return _error(404, "invalid_request_error", "resource_missing")
                return self._act(intent, action, form)
        return _error(404, "invalid_request_error", "")

    def _keep(self, form: Mapping[str, str]) -> web.Response:
        if not self.takes_numbers:
            return _error(402, "invalid_request_error", "")
        if form["card[number]"] == REFUSED_NUMBER:
            return _error(402, "card_error", "card_declined")
        token = f"pm_{secrets.token_hex(8)}"
        self._cards[token] = None
        return self._payment_method(token)

    def _payment_method(self, token: str) -> web.Response:
        if token not in self._cards:
            return _error(404, "invalid_request_error", "resource_missing")
        found = {"id": token, "object": "payment_method", "type": "card", "customer": self._cards[token]}
        return web.json_response(found)

    def _create(self, form: Mapping[str, str], key: str) -> web.Response:
        self.keys.append(key)
        if key in self._by_key:
            first, intent_id = self._by_key[key]
            if first != form:
                return _error(400, "idempotency_error", "")
            return web.json_response(self.intents[intent_id])
        if form.get("customer") != self._cards[form["payment_method"]]:
            return _error(400, "invalid_request_error", "payment_method_invalid_parameter")
        intent: Json = {
            "id": f"pi_{secrets.token_hex(8)}",
            "object": "payment_intent",
            "status": "requires_confirmation",
            "amount": int(form["amount"]),
            "currency": form["currency"],
            "payment_method": form["payment_method"],
            "metadata": {"answerback_intent": form["metadata[answerback_intent]"]},
            "last_payment_error": None,
            "cancellation_reason": None,
            "next_action": None,
        }
        self.intents[intent["id"]] = intent
        self._by_key[key] = (form, intent["id"])
        return web.json_response(intent)

    def _act(self, intent: Json, action: list[str], form: Mapping[str, str]) -> web.Response:
        match action:
            case []:
                return web.json_response(intent)
            case ["confirm"] if intent["status"] == "requires_confirmation":
                return self._confirm(intent, form)
            case ["cancel"] if intent["status"] not in ("succeeded", "canceled", "processing"):
                intent.update(status="canceled", next_action=None)
                return web.json_response(intent)
        return _error(400, "invalid_request_error", "payment_intent_unexpected_state")

    def _confirm(self, intent: Json, form: Mapping[str, str]) -> web.Response:
        match intent["payment_method"]:
            case "pm_card_declined":
                failure = {"type": "card_error", "code": "card_declined", "decline_code": "generic_decline"}
                intent.update(
                    status="requires_payment_method", payment_method=None, last_payment_error=failure
                )
                return _error(402, "card_error", "card_declined", decline_code="generic_decline")
            case "pm_card_needs_the_customer":
                intent.update(status="requires_action", next_action=_next_action(form, intent["id"]))
            case _:
                intent.update(status="succeeded")
                self.charged.append(intent["amount"])
        return web.json_response(intent)

    def agree(self, intent_id: str) -> None:
        """Do what the customer does on the bank's page."""
        intent = self.intents[intent_id]
        intent.update(status="succeeded", next_action=None)
        self.charged.append(intent["amount"])


def _next_action(form: Mapping[str, str], intent_id: str) -> Json:
    if "return_url" not in form:
        return {"type": "use_stripe_sdk", "use_stripe_sdk": {}}
    page = {"url": f"https://hooks.stripe.invalid/{intent_id}", "return_url": form["return_url"]}
    return {"type": "redirect_to_url", "redirect_to_url": page}


def _error(status: int, kind: str, code: str, **more: str) -> web.Response:
    error = {"type": kind, "code": code or None, "message": "in the provider's own words", **more}
    return web.json_response({"error": error}, status=status)


@asynccontextmanager
async def stripe_double() -> AsyncIterator[StripeDouble]:
    """Answer on a free port of loopback while the context lasts."""
    double = StripeDouble()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", double.answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        double.address = f"http://{host}:{port}"
        yield double
    finally:
        double.is_over.set()
        await runner.cleanup()
