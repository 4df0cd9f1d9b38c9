"""A payment provider that moves no money: for the demo, tests and rehearsals.

It stands for somebody else's system, so it keeps its own books in its own file: they outlive us, and tell in
the end how often anybody was charged.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from ivr.accounts.payment_method import PaymentMethod
from ivr.errors import GatewayError
from ivr.money import Money
from ivr.payments.card import Card
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

_BUSY_SECONDS = 10.0
_BOOKS = """
CREATE TABLE IF NOT EXISTS payment_intents (
    provider_id TEXT PRIMARY KEY,
    intent_id TEXT NOT NULL UNIQUE,
    method_id TEXT NOT NULL,
    token TEXT NOT NULL,
    minor INTEGER NOT NULL,
    currency TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    confirmed INTEGER NOT NULL DEFAULT 0
)
"""
_STILL_OPEN = (IntentState.PENDING, IntentState.REQUIRES_ACTION)


@dataclass(frozen=True, slots=True)
class Charge:
    """Money that was taken."""

    intent_id: str
    method_id: str
    amount: Money
    provider_id: str


class SandboxGateway:
    """A PaymentGateway whose books are the SQLite file at `path`.

    Every method raises GatewayError when the books can't be used.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

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
        return await asyncio.to_thread(self._end, intent, IntentState.DECLINED, "cancelled")

    async def agree(self, intent: PaymentIntent) -> ChargeResult:
        """Do what the customer does on the page that the link leads to: the intent is charged."""
        return await asyncio.to_thread(self._end, intent, IntentState.SUCCEEDED, None)

    async def take_card(self, card: Card) -> str:
        """Return a token for the card, and keep nothing of it."""
        return DECLINE if card.number == DECLINED_CARD else f"tok_keyed_{uuid4().hex}"

    async def charges(self) -> Sequence[Charge]:
        """Return all money that was taken, in the order in which it was asked for."""
        return await asyncio.to_thread(self._taken)

    def _create(self, intent: PaymentIntent, method: PaymentMethod) -> ChargeResult:
        asked = (method.id, intent.amount.minor, intent.amount.currency)
        with self._books() as books:
            books.execute(
                "INSERT INTO payment_intents"
                " (provider_id, intent_id, method_id, minor, currency, token, state)"
                " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (intent_id) DO NOTHING",
                (f"sandbox_{uuid4().hex}", intent.id, *asked, method.token, IntentState.PENDING.value),
            )
            row = books.execute("SELECT * FROM payment_intents WHERE intent_id = ?", (intent.id,)).fetchone()
        if (row["method_id"], row["minor"], row["currency"]) != asked:
            raise GatewayError(f"payment intent {intent.id} was used before for another amount or method")
        return ChargeResult(IntentState.PENDING, row["provider_id"])

    def _confirm(self, intent: PaymentIntent) -> ChargeResult:
        with self._books() as books:
            before = _row(books, intent)
            books.execute(
                "UPDATE payment_intents SET confirmed = confirmed + 1 WHERE provider_id = ?",
                (intent.provider_id,),
            )
            is_first = not before["confirmed"]
            is_lost = is_first and before["token"] == TIMEOUT_BEFORE_CHARGE
            if IntentState(before["state"]) is IntentState.PENDING and not is_lost:
                _write(books, intent, *_decide(before["token"]))
            result = _result_of(_row(books, intent))
        if is_lost or (is_first and before["token"] == TIMEOUT_AFTER_CHARGE):
            raise GatewayError(f"the provider gave no answer in time about payment intent {intent.id}")
        return result

    def _look_up(self, intent: PaymentIntent) -> ChargeResult:
        with self._books() as books:
            return _result_of(_row(books, intent))

    def _end(self, intent: PaymentIntent, state: IntentState, reason: str | None) -> ChargeResult:
        with self._books() as books:
            if IntentState(_row(books, intent)["state"]) in _STILL_OPEN:
                _write(books, intent, state, reason)
            return _result_of(_row(books, intent))

    def _taken(self) -> list[Charge]:
        query = "SELECT * FROM payment_intents WHERE state = ? ORDER BY rowid"
        with self._books() as books:
            rows = books.execute(query, (IntentState.SUCCEEDED.value,)).fetchall()
        return [_charge_of(row) for row in rows]

    @contextlib.contextmanager
    def _books(self) -> Iterator[sqlite3.Connection]:
        """Open the books for one transaction; nobody else writes meanwhile."""
        try:
            self._path.touch(mode=0o600, exist_ok=True)
            with contextlib.closing(sqlite3.connect(self._path, timeout=_BUSY_SECONDS)) as books:
                books.isolation_level = None
                books.row_factory = sqlite3.Row
                books.execute("BEGIN IMMEDIATE")
                books.execute(_BOOKS)
                yield books
                books.execute("COMMIT")
        except (sqlite3.Error, OSError) as error:
            raise GatewayError(f"the sandbox's books at {self._path} can't be used: {error}") from error


def _row(books: sqlite3.Connection, intent: PaymentIntent) -> sqlite3.Row:
    query = "SELECT * FROM payment_intents WHERE provider_id = ?"
    row: sqlite3.Row | None = books.execute(query, (intent.provider_id,)).fetchone()
    if row is None:
        raise GatewayError(f"the provider knows no payment intent {intent.provider_id} (ours: {intent.id})")
    return row


def _write(books: sqlite3.Connection, intent: PaymentIntent, state: IntentState, reason: str | None) -> None:
    books.execute(
        "UPDATE payment_intents SET state = ?, reason = ? WHERE provider_id = ?",
        (state.value, reason, intent.provider_id),
    )


def _decide(token: str) -> tuple[IntentState, str | None]:
    if token == DECLINE:
        return IntentState.DECLINED, "card_declined"
    if token == REQUIRES_ACTION:
        return IntentState.REQUIRES_ACTION, None
    return IntentState.SUCCEEDED, None


def _result_of(row: sqlite3.Row) -> ChargeResult:
    state, provider_id = IntentState(row["state"]), row["provider_id"]
    link = f"https://sandbox.invalid/{provider_id}" if state is IntentState.REQUIRES_ACTION else None
    return ChargeResult(state, provider_id, row["reason"], link)


def _charge_of(row: sqlite3.Row) -> Charge:
    amount = Money(row["minor"], row["currency"])
    return Charge(row["intent_id"], row["method_id"], amount, row["provider_id"])
