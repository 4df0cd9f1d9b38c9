"""The network answers in place of a number that is gone."""

from __future__ import annotations

from typing import Literal

from ivr.carrier.behaviours.no_such_number import ANNOUNCEMENT
from ivr.carrier.line import Line
from ivr.carrier.ringing import Ringing
from ivr.carrier.tones import SIT_INTERCEPT


class Intercept(Ringing):
    """Answers with the special information tone, says that the number is not in service, and hangs up."""

    kind: Literal["intercept"]

    async def meet(self, line: Line) -> None:
        """Live through one call."""
        await self.ring_and_answer(line)
        await line.play((SIT_INTERCEPT, *ANNOUNCEMENT))
        await line.hang_up()
