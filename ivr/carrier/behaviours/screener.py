"""An assistant answers first and asks who is calling and why."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from ivr.carrier.content_model import Span
from ivr.carrier.line import Line
from ivr.carrier.ringing import Ringing
from ivr.carrier.script import Script, follow
from ivr.carrier.tones import RINGBACK


class Screener(Ringing):
    """Greets, listens, and then a person comes to the phone, or nobody does."""

    kind: Literal["screener"]
    greeting: tuple[str, ...] = ("privacy-prompt",)
    """What the assistant says. """
    silence: Span = timedelta(seconds=2)
    """The caller's silence that ends their explanation."""
    longest: Span = timedelta(seconds=20)
    """The longest explanation."""
    then: Script | None = None
    """What the person does who comes to the phone; left out, nobody comes."""

    async def meet(self, line: Line) -> None:
        """Live through one call."""
        await self.ring_and_answer(line)
        await line.play(self.greeting)
        await line.take_message(self.silence, self.longest)
        if self.then is None:
            await line.play(("vm-goodbye",))
            await line.hang_up()
        else:
            await line.play((RINGBACK,))
            line.comes_to_the_phone()
            await follow(self.then, line)
