"""What a customer can prove to be them by, as far as it is no part of an import, and how often they tried."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Factors(Protocol):
    """PINs, and the tries to prove to be somebody by whatever factor."""

    def pin_hash(self, customer_id: str) -> str | None:
        """Return the hash of the customer's PIN; None when they have none."""
        ...

    def set_pin(self, customer_id: str, pin_hash: str, at: datetime) -> None:
        """Keep the hash of a PIN, in the place of an earlier one."""
        ...

    def begin_try(self, customer_id: str, at: datetime, since: datetime, most: int) -> int | None:
        """Count a try as failed, until `tries_forgiven` says otherwise; return how many there are now.

        Older ones than `since` do not count, and are forgotten. None, and nothing is counted, when there are
        `most` of them already. Two at once are counted one after the other.
        """
        ...

    def tries_forgiven(self, customer_id: str) -> None:
        """Forget all tries of the customer: they have proved to be them."""
        ...
