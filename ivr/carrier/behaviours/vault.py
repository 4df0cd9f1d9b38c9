"""A vault for cards: answers, asks, takes keys, and hangs up."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from ivr.carrier.content_model import Span
from ivr.carrier.line import Line
from ivr.carrier.ringing import Ringing


class Vault(Ringing):
    """Takes what is keyed, up to the pound key or a silence, and lets the caller go."""

    kind: Literal["vault"]
    asks: tuple[str, ...] = ("vm-enter-num-to-call",)
    """What it says first."""
    silence: Span = timedelta(seconds=5)
    """So long without a key ends it."""

    async def meet(self, line: Line) -> None:
        """Live through one call."""
        await self.ring_and_answer(line)
        await line.play(self.asks)
        while await line.next_key(self.silence) not in (None, "#"):
            pass
        await line.hang_up()
