"""Calls per second as arithmetic: the generic cell rate algorithm (ITU-T I.371, annex A).

One moment is all there is to remember, so that a trunk's pace survives a restart and can be shared.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a trunk may be used."""

    calls_per_second: float
    """The rate in the long run; more than 0."""
    burst: int = 1
    """Calls that may go at once after a pause; at least 1."""

    def __post_init__(self) -> None:
        if not 0 < self.calls_per_second <= 1_000:
            raise ValueError(f"{self.calls_per_second} calls per second; use more than 0, up to 1000")
        if self.burst < 1:
            raise ValueError(f"a burst of {self.burst}; use 1 or more")

    @property
    def interval(self) -> timedelta:
        """From one call to the next at the steady rate, rounded up to a microsecond."""
        return timedelta(microseconds=-(-1_000_000 // self.calls_per_second))


@dataclass(frozen=True, slots=True)
class PaceState:
    """What was handed out so far."""

    full_until: datetime | None = None
    """The moment at which the calls handed out are worked off at the steady rate; None at the start."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Leave to place one call."""

    at: datetime
    """Not before this moment."""
    state: PaceState
    """What to remember, once the slot is taken."""


def next_slot(pace: Pace, state: PaceState, now: datetime) -> Slot:
    """Return the next slot from `now` on. A slot that is not taken costs nothing: keep the old state."""
    full_until = now if state.full_until is None else max(now, state.full_until)
    at = max(now, full_until - pace.interval * (pace.burst - 1))
    return Slot(at, PaceState(full_until + pace.interval))
