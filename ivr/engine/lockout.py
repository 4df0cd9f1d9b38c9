"""Too many wrong secrets lock a door for a while, whoever tried them and in however many calls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

MOST_FAILURES = 3
"""In a row, over all calls."""
LOCKED_FOR = timedelta(minutes=10)
"""With six digits and three tries each time, to try half of all PINs takes three years."""


@dataclass(frozen=True, slots=True)
class Lockout:
    """How a door stands."""

    failures: int = 0
    """In a row, since it was last opened or locked."""
    locked_until: datetime | None = None

    def is_locked(self, now: datetime) -> bool:
        """Whether nobody gets in now, with whatever."""
        return self.locked_until is not None and now < self.locked_until

    def after_failure(self, now: datetime) -> Lockout:
        """Return how it stands after one more wrong secret."""
        if self.failures + 1 < MOST_FAILURES:
            return Lockout(self.failures + 1)
        return Lockout(0, now + LOCKED_FOR)
