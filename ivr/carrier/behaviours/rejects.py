"""Somebody looks at the display and presses the red key."""

from __future__ import annotations

from typing import Literal

from ivr.carrier.line import Line
from ivr.carrier.ringing import Ringing


class Rejects(Ringing):
    """Rejects while it rings; what a telephone sends for that differs."""

    kind: Literal["rejects"]
    status: Literal[403, 480, 486, 603] = 603
    """603 Decline by default (RFC 3261, 21.6.2)."""

    async def meet(self, line: Line) -> None:
        """Live through one call."""
        await self.ring_out(line)
        await line.refuse(self.status)
