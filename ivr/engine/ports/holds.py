"""Holds on accounts and customers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from ivr.accounts.hold import Hold


class Holds(Protocol):
    """Holds on accounts and customers."""

    def place(self, hold: Hold) -> bool:
        """Place one; False (and nothing changed) when its id is there already."""
        ...

    def of(self, customer_ids: Collection[str]) -> Sequence[Hold]:
        """Return the customers' holds that have not ended, oldest first; some may be over in time."""
        ...

    def lift(self, hold_id: str, by: str, at: datetime) -> bool:
        """Let a hold be over now; False when there is none of that id, or it is over."""
        ...

    def over(self, now: datetime, limit: int) -> Sequence[Hold]:
        """Return up to `limit` holds whose time is over and that have not ended."""
        ...

    def ended(self, hold_id: str, at: datetime) -> None:
        """Keep that what follows on a hold's end was done."""
        ...
