"""The sandbox's own books: one SQLite file, which tells in the end how often anybody was charged."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from ivr.errors import GatewayError
from ivr.payments.intent import IntentState, PaymentIntent

_BUSY_SECONDS = 10.0
_INTENTS = """
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
_PAGES = """
CREATE TABLE IF NOT EXISTS pages (
    provider_id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    return_url TEXT NOT NULL,
    expires_at REAL NOT NULL
)
"""


@contextlib.contextmanager
def open_books(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the books for one transaction; nobody else writes meanwhile. Raises GatewayError."""
    try:
        path.touch(mode=0o600, exist_ok=True)
        with contextlib.closing(sqlite3.connect(path, timeout=_BUSY_SECONDS)) as books:
            books.isolation_level = None
            books.row_factory = sqlite3.Row
            books.execute("BEGIN IMMEDIATE")
            books.execute(_INTENTS)
            books.execute(_PAGES)
            yield books
            books.execute("COMMIT")
    except (sqlite3.Error, OSError) as error:
        raise GatewayError(f"the sandbox's books at {path} can't be used: {error}") from error


def row_of(books: sqlite3.Connection, intent: PaymentIntent) -> sqlite3.Row:
    """Return what is written of an intent; raises GatewayError for one that nobody knows."""
    query = "SELECT * FROM payment_intents WHERE provider_id = ?"
    row: sqlite3.Row | None = books.execute(query, (intent.provider_id,)).fetchone()
    if row is None:
        raise GatewayError(f"the provider knows no payment intent {intent.provider_id} (ours: {intent.id})")
    return row


def write_state(
    books: sqlite3.Connection, provider_id: str | None, state: IntentState, reason: str | None
) -> None:
    """Write down what an intent has come to."""
    books.execute(
        "UPDATE payment_intents SET state = ?, reason = ? WHERE provider_id = ?",
        (state.value, reason, provider_id),
    )


def end_old_pages(books: sqlite3.Connection, now: float) -> None:
    """Close the pages whose time is over."""
    books.execute(
        "UPDATE payment_intents SET state = ?, reason = 'expired' WHERE state = ?"
        " AND provider_id IN (SELECT provider_id FROM pages WHERE expires_at <= ?)",
        (IntentState.CANCELLED.value, IntentState.REQUIRES_ACTION.value, now),
    )
