"""Ticks of the clock that were worked, and who may work them."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class RuleRuns(Protocol):
    """Ticks of the clock that were worked, and who may work them."""

    def begin(self, rule: str, scheduled_for: datetime, at: datetime) -> bool:
        """Take this tick; False when it was taken before."""
        ...

    def take_lease(
        self, name: str, owner: str, now: datetime, until: datetime, gone: str | None = None
    ) -> int | None:
        """Take or renew a lease; return its epoch (rises with each new owner), None while another has it.

        The lease of `gone`, an owner that is known to be dead, need not run out first.
        """
        ...

    def require_lease(self, epoch: int) -> None:
        """Raise FencedError unless a lease is held under `epoch`: for work on what no attempt fences."""
        ...
