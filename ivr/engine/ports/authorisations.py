"""Authorisations of automatic payments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from ivr.payments.authorisation import Authorisation


class Authorisations(Protocol):
    """Authorisations of automatic payments."""

    def give(self, authorisation: Authorisation) -> bool:
        """Add one, in the place of the account's last; False (and nothing changed) when its id is there."""
        ...

    def get(self, authorisation_id: str) -> Authorisation | None:
        """Return one, also when it has ended."""
        ...

    def of_account(self, account_id: str) -> Authorisation | None:
        """Return the one that lasts."""
        ...

    def due(self, today: date, limit: int) -> Sequence[Authorisation]:
        """Return up to `limit` that last and whose day has come."""
        ...

    def paid(self, authorisation_id: str, result: str, next_on: date) -> None:
        """Keep what the payment of a day came to, and the next day."""
        ...

    def end(self, account_id: str, by: str, at: datetime) -> bool:
        """End the one that lasts; False when there is none."""
        ...
