"""A number that may not call us for a time: whoever abuses the line, or guesses at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

BY_ITSELF = "engine"
"""Who blocked a number that nobody blocked by hand."""


@dataclass(frozen=True, slots=True)
class CallerBlock:
    """One number that is blocked."""

    number: str
    """E.164."""
    since: datetime
    until: datetime | None
    """None: until somebody takes it back."""
    reason: str
    """In a clause, for people."""
    by: str
    """Who blocked it; BY_ITSELF: the engine."""
    calls: int = 0
    """How often it has called since, in vain."""
    last_call_at: datetime | None = None
    """When it called last; None: not since."""


@dataclass(frozen=True, slots=True)
class BlockTerms:
    """When a number is blocked by itself, and for how long."""

    calls_an_hour: int | None = None
    """More calls than this within an hour; None: any number."""
    failed_references: int | None = None
    """So many wrong references within a day, in whichever calls; None: any number."""
    lasts: timedelta = timedelta(days=1)

    def excess(self, calls: int, failed: int) -> str | None:
        """Return why a number is to be blocked that has called and guessed so often; None: it is not."""
        if self.calls_an_hour is not None and calls > self.calls_an_hour:
            return f"{calls} calls within an hour"
        if self.failed_references is not None and failed >= self.failed_references:
            return f"{failed} wrong references within a day"
        return None
