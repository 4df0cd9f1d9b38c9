"""The way out to the telephone network: one line, and its pace, for all who dial on it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from ivr.attempts.pacing import PaceState, next_slot
from ivr.clock import Clock
from ivr.engine.line import Line


class WayOut:
    """The line that calls go out on; whoever dials takes a slot first."""

    def __init__(self, line: Line, clock: Clock) -> None:
        self.line = line
        self._clock = clock
        self._pace_state = PaceState()
        self._turn = asyncio.Lock()

    async def wait_for_slot(self, is_wanted: Callable[[], bool] = lambda: True) -> bool:
        """Return when one more call may be dialled, in the order of asking.

        False, and the slot is left to whoever is next, where it is wanted no more.
        """
        asked_at = self._clock()
        async with self._turn:
            if not is_wanted():
                return False
            slot = next_slot(self.line.pace, self._pace_state, asked_at)
            await asyncio.sleep((slot.at - self._clock()).total_seconds())
            if not is_wanted():
                return False
            self._pace_state = slot.state
            return True
