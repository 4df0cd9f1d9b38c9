"""Monthly invitations to pay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from ivr.accounts.contact_point import Medium
from ivr.payments.invitation import Invitation


class Invitations(Protocol):
    """Monthly invitations to pay."""

    def give(self, invitation: Invitation) -> bool:
        """Add one, in the place of the account's last; False (and nothing changed) when its id is there."""
        ...

    def of_account(self, account_id: str) -> Invitation | None:
        """Return the one that lasts."""
        ...

    def due(self, today: date, limit: int) -> Sequence[Invitation]:
        """Return up to `limit` that last and whose day has come."""
        ...

    def worked(self, invitation_id: str, next_on: date, invited_by: Medium | None) -> None:
        """Keep the next day, and by what the customer was invited; None: this month they were not."""
        ...

    def end(self, account_id: str, by: str, at: datetime) -> bool:
        """End the one that lasts; False when there is none."""
        ...

    def end_of(self, customer_id: str, topic: str | None, by: str, at: datetime) -> int:
        """End all of a customer's that were about a topic, or about anything (None); return how many."""
        ...
