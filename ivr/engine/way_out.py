"""The way out to the telephone network: one line, and its pace, for all who dial on it."""

from __future__ import annotations

import asyncio

from ivr.attempts.pacing import PaceState, next_slot
from ivr.clock import Clock
from ivr.engine.line import Line


class WayOut:
    """The line that calls go out on; whoever dials takes a slot first."""

    def __init__(self, line: Line, clock: Clock) -> None:
        self.line = line
        self._clock = clock
        self._pace_state = PaceState()

    async def wait_for_slot(self) -> None:
        """Return when one more call may be dialled."""
        now = self._clock()
        slot = next_slot(self.line.pace, self._pace_state, now)
        self._pace_state = slot.state
        await asyncio.sleep((slot.at - now).total_seconds())
