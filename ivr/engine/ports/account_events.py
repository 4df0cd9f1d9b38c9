"""What happened to accounts."""

from __future__ import annotations

from typing import Protocol

from ivr.accounts.account_event import AccountEvent


class AccountEvents(Protocol):
    """What happened to accounts, for rules to look at."""

    def add(self, event: AccountEvent) -> bool:
        """Add one; False (and nothing changed) when its key is there already."""
        ...
