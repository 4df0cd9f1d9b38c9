"""Promises to pay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from ivr.accounts.promise import Promise
from ivr.money import Money


class Promises(Protocol):
    """Promises to pay, at most one of an account open."""

    def add(self, promise: Promise) -> None:
        """Add an open promise; the account's last one, if it is still open, is superseded by it.

        One that was made before a promise that is there already is superseded itself.
        """
        ...

    def due(self, now: datetime, limit: int) -> Sequence[Promise]:
        """Return up to `limit` open promises of which a part is to be judged, the longest due first."""
        ...

    def judged(self, promise: Promise, at: datetime) -> bool:
        """Keep the states of a promise and its parts; False when it is no longer open."""
        ...

    def booked_since(self, account_id: str, currency: str, since: datetime) -> Money:
        """Return what was paid to an account through us from `since` on."""
        ...
