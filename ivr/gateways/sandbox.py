"""A payment provider that moves no money: for the demo, tests and rehearsals.

It stands for somebody else's system, so it keeps its own books in its own file: they outlive us, and tell in
the end how often anybody was charged.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from ivr.accounts.payment_method import PaymentMethod
from ivr.clock import Clock, utc_now
from ivr.errors import GatewayError
from ivr.gateways.sandbox_books import end_old_pages, open_books, row_of, write_state
from ivr.money import Money
from ivr.payments.card import Card
from ivr.payments.hosted_page import HostedPage
from ivr.payments.intent import ChargeResult, IntentState, PaymentIntent

DECLINE = "tok_decline"
"""The token of a method that is always declined."""
REQUIRES_ACTION = "tok_requires_action"
"""The token of a method whose owner must agree on a page of the provider's."""
TIMEOUT_BEFORE_CHARGE = "tok_timeout_before_charge"
"""The token of a method that is not charged at the first request, which is never answered."""
TIMEOUT_AFTER_CHARGE = "tok_timeout_after_charge"
"""The token of a method that is charged, but whose first answer is lost."""

DECLINED_CARD = "4000000000000002"
"""A number that is keyed in and always declined; any other that can be one is charged."""

HOSTED = "hosted"
"""What stands in the books for a method that is typed in on a page."""

_STILL_OPEN = (IntentState.PENDING, IntentState.REQUIRES_ACTION)


@dataclass(frozen=True, slots=True)
class Charge:
    """Money that was taken."""

    intent_id: str
    method_id: str
    amount: Money
    provider_id: str

    @property
    def is_hosted(self) -> bool:
        """Whether it was paid on a page, by whatever card."""
        return self.method_id == HOSTED


@dataclass(frozen=True, slots=True)
class PageShown:
    """What stands on one of the sandbox's pages."""

    provider_id: str
    title: str
    amount: Money
    return_url: str
    is_open: bool


class SandboxGateway:
    """A PaymentGateway, with HostedPages, whose books are the SQLite file at `path`.

    Every method raises GatewayError when the books can't be used.
    """

    def __init__(self, path: Path, clock: Clock = utc_now) -> None:
        self._path, self._clock = path, clock
        self.pages_at = "https://sandbox.invalid"
        """Where its pages are served; nowhere, until somebody does: see sandbox_site.py."""

    @property
    def moves_money(self) -> bool:
        """Never."""
        return False

    async def create(self, intent: PaymentIntent, method: PaymentMethod) -> ChargeResult:
        """Write the intent down; GatewayError when it comes again with another amount or method."""
        return await asyncio.to_thread(self._create, intent, method)

    async def confirm(self, intent: PaymentIntent) -> ChargeResult:
        """Charge, or whatever the method's token says; GatewayError when the answer is lost."""
        return await asyncio.to_thread(self._confirm, intent)

    async def look_up(self, intent: PaymentIntent) -> ChargeResult:
        """Return what became of an intent."""
        return await asyncio.to_thread(self._look_up, intent)

    async def cancel(self, intent: PaymentIntent) -> ChargeResult:
        """Give an intent up, unless it has come to its end already."""
        return await asyncio.to_thread(self._end, intent, IntentState.CANCELLED, "cancelled")

    async def agree(self, intent: PaymentIntent) -> ChargeResult:
        """Do what the customer does on the page that the link leads to: the intent is charged."""
        return await asyncio.to_thread(self._end, intent, IntentState.SUCCEEDED, None)

    async def take_card(self, card: Card) -> str:
        """Return a token for the card, and keep nothing of it."""
        return DECLINE if card.number == DECLINED_CARD else f"tok_keyed_{uuid4().hex}"

    async def open_page(self, intent: PaymentIntent, page: HostedPage) -> ChargeResult:
        """Have a page made on which an intent can be paid; GatewayError when it was another one before."""
        return await asyncio.to_thread(self._open_page, intent, page)

    async def page(self, provider_id: str) -> PageShown:
        """Return what stands on a page; GatewayError where there is none."""
        return await asyncio.to_thread(self._page, provider_id)

    async def pay_on_page(self, provider_id: str) -> bool:
        """Do what the customer does on the page: pay. False when it is closed."""
        return await asyncio.to_thread(self._pay_on_page, provider_id)

    async def charges(self) -> Sequence[Charge]:
        """Return all money that was taken, in the order in which it was asked for."""
        return await asyncio.to_thread(self._taken)

    def _create(self, intent: PaymentIntent, method: PaymentMethod) -> ChargeResult:
        with open_books(self._path) as books:
            row = _written(books, intent, method.id, method.token, IntentState.PENDING)
        return ChargeResult(IntentState.PENDING, row["provider_id"])

    def _confirm(self, intent: PaymentIntent) -> ChargeResult:
        with open_books(self._path) as books:
            before = row_of(books, intent)
            books.execute(
                "UPDATE payment_intents SET confirmed = confirmed + 1 WHERE provider_id = ?",
                (intent.provider_id,),
            )
            is_first = not before["confirmed"]
            is_lost = is_first and before["token"] == TIMEOUT_BEFORE_CHARGE
            if IntentState(before["state"]) is IntentState.PENDING and not is_lost:
                write_state(books, intent.provider_id, *_decide(before["token"]))
            result = self._result_of(row_of(books, intent))
        if is_lost or (is_first and before["token"] == TIMEOUT_AFTER_CHARGE):
            raise GatewayError(f"the provider gave no answer in time about payment intent {intent.id}")
        return result

    def _look_up(self, intent: PaymentIntent) -> ChargeResult:
        with open_books(self._path) as books:
            end_old_pages(books, self._clock().timestamp())
            return self._result_of(row_of(books, intent))

    def _end(self, intent: PaymentIntent, state: IntentState, reason: str | None) -> ChargeResult:
        with open_books(self._path) as books:
            if IntentState(row_of(books, intent)["state"]) in _STILL_OPEN:
                write_state(books, intent.provider_id, state, reason)
            return self._result_of(row_of(books, intent))

    def _open_page(self, intent: PaymentIntent, page: HostedPage) -> ChargeResult:
        with open_books(self._path) as books:
            row = _written(books, intent, HOSTED, HOSTED, IntentState.REQUIRES_ACTION)
            shown = (row["provider_id"], page.title, page.return_url, page.expires_at.timestamp())
            books.execute("INSERT INTO pages VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", shown)
            return self._result_of(row)

    def _page(self, provider_id: str) -> PageShown:
        with open_books(self._path) as books:
            end_old_pages(books, self._clock().timestamp())
            query = "SELECT * FROM pages JOIN payment_intents USING (provider_id) WHERE provider_id = ?"
            row = books.execute(query, (provider_id,)).fetchone()
        if row is None:
            raise GatewayError(f"the sandbox has no page {provider_id}")
        is_open = row["state"] == IntentState.REQUIRES_ACTION.value
        amount = Money(row["minor"], row["currency"])
        return PageShown(provider_id, row["title"], amount, row["return_url"], is_open)

    def _pay_on_page(self, provider_id: str) -> bool:
        with open_books(self._path) as books:
            end_old_pages(books, self._clock().timestamp())
            paid = books.execute(
                "UPDATE payment_intents SET state = ? WHERE provider_id = ? AND state = ? AND token = ?",
                (IntentState.SUCCEEDED.value, provider_id, IntentState.REQUIRES_ACTION.value, HOSTED),
            )
            return paid.rowcount == 1

    def _taken(self) -> list[Charge]:
        query = "SELECT * FROM payment_intents WHERE state = ? ORDER BY rowid"
        with open_books(self._path) as books:
            rows = books.execute(query, (IntentState.SUCCEEDED.value,)).fetchall()
        return [_charge_of(row) for row in rows]

    def _result_of(self, row: sqlite3.Row) -> ChargeResult:
        state, provider_id = IntentState(row["state"]), row["provider_id"]
        at = f"{self.pages_at}/pay" if row["token"] == HOSTED else "https://sandbox.invalid"
        link = f"{at}/{provider_id}" if state is IntentState.REQUIRES_ACTION else None
        return ChargeResult(state, provider_id, row["reason"], link)


def _written(
    books: sqlite3.Connection, intent: PaymentIntent, method_id: str, token: str, state: IntentState
) -> sqlite3.Row:
    """Write an intent down, and return it as it was written down first."""
    asked = (method_id, intent.amount.minor, intent.amount.currency)
    books.execute(
        "INSERT INTO payment_intents (provider_id, intent_id, method_id, minor, currency, token, state)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (intent_id) DO NOTHING",
        (f"sandbox_{uuid4().hex}", intent.id, *asked, token, state.value),
    )
    query = "SELECT * FROM payment_intents WHERE intent_id = ?"
    row: sqlite3.Row = books.execute(query, (intent.id,)).fetchone()
    if (row["method_id"], row["minor"], row["currency"]) != asked:
        raise GatewayError(f"payment intent {intent.id} was used before for another amount or method")
    return row


def _decide(token: str) -> tuple[IntentState, str | None]:
    if token == DECLINE:
        return IntentState.DECLINED, "card_declined"
    if token == REQUIRES_ACTION:
        return IntentState.REQUIRES_ACTION, None
    return IntentState.SUCCEEDED, None


def _charge_of(row: sqlite3.Row) -> Charge:
    amount = Money(row["minor"], row["currency"])
    return Charge(row["intent_id"], row["method_id"], amount, row["provider_id"])
