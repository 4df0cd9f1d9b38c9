"""A machine takes a message."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from ivr.carrier.content_model import Span
from ivr.carrier.line import Line
from ivr.carrier.ringing import Ringing


class Voicemail(Ringing):
    """Answers with a greeting and a beep, records, and hangs up when the caller has been silent."""

    kind: Literal["voicemail"]
    greeting: tuple[str, ...] = ("vm-theperson", "vm-isunavail", "vm-intro")
    silence: Span = timedelta(seconds=4)
    """The silence that ends a message."""
    longest: Span = timedelta(seconds=120)
    """The longest message."""

    async def meet(self, line: Line) -> None:
        """Live through one call."""
        await self.ring_and_answer(line)
        await line.play((*self.greeting, "beep"))
        await line.take_message(self.silence, self.longest)
        await line.hang_up()
