"""Somebody picks up, and does what their script says."""

from __future__ import annotations

from typing import Literal

from ivr.carrier.line import Line
from ivr.carrier.ringing import Ringing
from ivr.carrier.script import Script, follow


class Answers(Ringing):
    """Picks up; without a script a silent listener who stays until the caller hangs up."""

    kind: Literal["answers"]
    then: Script = ()

    async def meet(self, line: Line) -> None:
        """Live through one call."""
        await self.ring_and_answer(line)
        await follow(self.then, line)
