"""Too many wrong secrets lock a door for a while, whoever tried them and in however many calls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

MOST_FAILURES = 3
"""In a row, over all calls."""
MOST_IN_AN_HOUR = 20
"""Of a door that stays open to others when one telephone fails at it: more than one alone is allowed."""
LOCKED_FOR = timedelta(minutes=10)
"""With six digits and three tries each time, to try half of all PINs takes three years."""


@dataclass(frozen=True, slots=True)
class Lockout:
    """How a door stands: after some failures in a row, or within an hour, nobody gets in for a while."""

    failures: int = 0
    """In a row, since it was last opened or locked; of an hourly door, in its hour."""
    locked_until: datetime | None = None
    """Of an hourly door: when its hour is over."""

    def is_locked(self, now: datetime) -> bool:
        """Whether nobody gets in now, with whatever."""
        return self.locked_until is not None and now < self.locked_until

    def after_failure(self, now: datetime) -> Lockout:
        """Return how it stands after one more wrong secret."""
        if self.failures + 1 < MOST_FAILURES:
            return Lockout(self.failures + 1)
        return Lockout(0, now + LOCKED_FOR)

    def is_full(self, now: datetime) -> bool:
        """Whether an hourly door lets nobody in now."""
        return self.failures >= MOST_IN_AN_HOUR and self.is_locked(now)

    def after_failure_in_the_hour(self, now: datetime) -> Lockout:
        """Return how an hourly door stands after one more wrong secret; its hour begins with the first."""
        if self.is_locked(now):
            return Lockout(self.failures + 1, self.locked_until)
        return Lockout(1, now + timedelta(hours=1))
