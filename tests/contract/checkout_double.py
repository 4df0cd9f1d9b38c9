"""Checkout Sessions as Stripe documents them, for the requests that we make: pages that people pay on.

A session is open until it is paid, its time is over, or it is expired on request; only an open one can be.
Its PaymentIntent is not there before somebody pays.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Json = dict[str, Any]
HALF_AN_HOUR, A_DAY = 1800, 86_400
"""Seconds that a page can be open for, at least and at most."""


@dataclass
class CheckoutDouble:
    """Stripe's pages, and who paid on them."""

    charged: list[int]
    """Every amount that was taken, by whatever."""
    sessions: dict[str, Json] = field(default_factory=dict)
    forms: list[Mapping[str, str]] = field(default_factory=list)
    """What each page was asked for by."""
    pages_at: str = "https://checkout.stripe.com"
    now: Callable[[], float] = time.time
    _by_key: dict[str, tuple[Mapping[str, str], str]] = field(default_factory=dict)

    def answer(self, rest: list[str], request: web.Request, form: Mapping[str, str]) -> web.Response:
        """Answer a request about sessions; `rest` is what follows their address."""
        if not rest and request.method == "POST":
            return self._create(form, request.headers["Idempotency-Key"])
        session = self.sessions.get(rest[0]) if rest else None
        if session is None:
            return _error(404, "resource_missing")
        self._let_time_pass(session)
        match request.method, rest[1:]:
            case "GET", []:
                return web.json_response(self._shown(session, request.query))
            case "POST", ["expire"] if session["status"] == "open":
                session.update(status="expired", url=None)
                return web.json_response(self._shown(session, {}))
            case "POST", ["expire"]:
                return _error(400, None)
        return _error(404, None)

    def pay(self, session_id: str) -> bool:
        """Do what a customer with a good card does on the page; False where it is closed."""
        session = self.sessions[session_id]
        self._let_time_pass(session)
        if session["status"] != "open":
            return False
        session.update(status="complete", payment_status="paid", url=None)
        session["payment_intent"] = self._payment(session, "succeeded")
        self.charged.append(session["amount_total"])
        return True

    def decline(self, session_id: str) -> None:
        """Do what a customer with a bad card does: the page stays, and they may try another one."""
        session = self.sessions[session_id]
        session["payment_intent"] = self._payment(session, "requires_payment_method")

    def complete_unpaid(self, session_id: str, payment: str) -> None:
        """Let the customer be done, and the money be on its way or not come: `payment` is its status."""
        session = self.sessions[session_id]
        session.update(status="complete", url=None, payment_intent=self._payment(session, payment))

    def _create(self, form: Mapping[str, str], key: str) -> web.Response:
        self.forms.append(form)
        if key in self._by_key:
            first, session_id = self._by_key[key]
            if first != form:
                return _error(400, None, kind="idempotency_error")
            return web.json_response(self._shown(self.sessions[session_id], {}))
        if (missing := _objection(form, self.now())) is not None:
            return _error(400, "parameter_invalid", param=missing)
        session_id = f"cs_test_{secrets.token_hex(16)}"
        self.sessions[session_id] = {
            "id": session_id,
            "object": "checkout.session",
            "mode": "payment",
            "status": "open",
            "payment_status": "unpaid",
            "payment_intent": None,
            "amount_total": int(form["line_items[0][price_data][unit_amount]"]),
            "currency": form["line_items[0][price_data][currency]"],
            "client_reference_id": form.get("client_reference_id"),
            "metadata": {"answerback_intent": form.get("metadata[answerback_intent]")},
            "expires_at": int(form["expires_at"]),
            "success_url": form["success_url"],
            "cancel_url": form["cancel_url"],
            "url": f"{self.pages_at}/c/pay/{session_id}",
        }
        self._by_key[key] = (form, session_id)
        return web.json_response(self._shown(self.sessions[session_id], {}))

    def _let_time_pass(self, session: Json) -> None:
        if session["status"] == "open" and self.now() >= session["expires_at"]:
            session.update(status="expired", url=None)

    @staticmethod
    def _payment(session: Json, status: str) -> Json:
        failure = {"code": "card_declined"} if status == "requires_payment_method" else None
        return {
            "id": f"pi_{session['id'][8:]}",
            "object": "payment_intent",
            "status": status,
            "last_payment_error": failure,
        }

    @staticmethod
    def _shown(session: Json, query: Mapping[str, str]) -> Json:
        payment = session["payment_intent"]
        if payment is not None and "payment_intent" not in query.values():
            return {**session, "payment_intent": payment["id"]}
        return session


def _objection(form: Mapping[str, str], now: float) -> str | None:
    """Return the parameter that a payment page can't be made with; None: it can."""
    wanted = {
        "mode": "payment",
        "line_items[0][quantity]": "1",
        "payment_method_types[0]": "card",
        "submit_type": "pay",
    }
    for name, value in wanted.items():
        if form.get(name) != value:
            return name
    for name in ("success_url", "cancel_url"):
        if not form.get(name, "").startswith(("https://", "http://127.0.0.1")):
            return name
    if not form.get("line_items[0][price_data][product_data][name]"):
        return "product_data"
    # The request took its time: Stripe counts from the moment at which it makes the session.
    open_for = int(form["expires_at"]) - now
    return None if HALF_AN_HOUR <= open_for <= A_DAY else "expires_at"


def _error(
    status: int, code: str | None, *, kind: str = "invalid_request_error", param: str = ""
) -> web.Response:
    error = {"type": kind, "code": code, "param": param, "message": "in the provider's own words"}
    return web.json_response({"error": error}, status=status)
