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
from ivr.payments.intent import ChargeResult, IntentState, PaymentIntent

DECLINE = "tok_decline"
"""The token of a method that is always declined."""
TIMEOUT_AFTER_CHARGE = "tok_timeout_after_charge"
"""The token of a method that is charged, but whose first answer is lost."""

_BUSY_SECONDS = 10.0
_BOOKS = """
CREATE TABLE IF NOT EXISTS intents (
    intent_id TEXT PRIMARY KEY,
    method_id TEXT NOT NULL,
    minor INTEGER NOT NULL,
    currency TEXT NOT NULL,
    state TEXT NOT NULL,
    provider_id TEXT NOT NULL,
    reason TEXT
)
"""


@dataclass(frozen=True, slots=True)
class Charge:
    """Money that was taken."""

    intent_id: str
    method_id: str
    amount: Money
    provider_id: str


class SandboxGateway:
    """A PaymentGateway whose books are the SQLite file at `path`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def charge(self, intent: PaymentIntent, method: PaymentMethod) -> ChargeResult:
        """Charge, or decline when the method's token says so; the same intent again gets the first result.

        Raises GatewayError when the answer is lost after the charge, when the intent comes again with another
        amount or method, and when the books can't be written.
        """
        result, is_new = await asyncio.to_thread(self._book, intent, method)
        if is_new and method.token == TIMEOUT_AFTER_CHARGE:
            raise GatewayError(f"the provider gave no answer in time about payment intent {intent.id}")
        return result

    async def look_up(self, intent_id: str) -> ChargeResult | None:
        """Return what became of an intent; None when it never came here. Raises GatewayError."""
        return await asyncio.to_thread(self._find, intent_id)

    async def charges(self) -> Sequence[Charge]:
        """Return all money that was taken, in the order in which it was. Raises GatewayError."""
        return await asyncio.to_thread(self._taken)

    def _book(self, intent: PaymentIntent, method: PaymentMethod) -> tuple[ChargeResult, bool]:
        """Return the intent's result, and whether it was made just now."""
        asked = (method.id, intent.amount.minor, intent.amount.currency)
        with self._books() as books:
            row = books.execute("SELECT * FROM intents WHERE intent_id = ?", (intent.id,)).fetchone()
            if row is None:
                result = _decide(method)
                told = (result.state.value, result.provider_id, result.reason)
                books.execute("INSERT INTO intents VALUES (?, ?, ?, ?, ?, ?, ?)", (intent.id, *asked, *told))
                return result, True
        if (row["method_id"], row["minor"], row["currency"]) != asked:
            raise GatewayError(f"payment intent {intent.id} was used before for another amount or method")
        return _result_of(row), False

    def _find(self, intent_id: str) -> ChargeResult | None:
        with self._books() as books:
            row = books.execute("SELECT * FROM intents WHERE intent_id = ?", (intent_id,)).fetchone()
        return _result_of(row) if row else None

    def _taken(self) -> list[Charge]:
        query = "SELECT * FROM intents WHERE state = ? ORDER BY rowid"
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


def _decide(method: PaymentMethod) -> ChargeResult:
    provider_id = f"sandbox_{uuid4().hex}"
    if method.token == DECLINE:
        return ChargeResult(IntentState.DECLINED, provider_id, "card_declined")
    return ChargeResult(IntentState.SUCCEEDED, provider_id)


def _result_of(row: sqlite3.Row) -> ChargeResult:
    return ChargeResult(IntentState(row["state"]), row["provider_id"], row["reason"])


def _charge_of(row: sqlite3.Row) -> Charge:
    amount = Money(row["minor"], row["currency"])
    return Charge(row["intent_id"], row["method_id"], amount, row["provider_id"])
