"""A fax machine picks up."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from ivr.carrier.line import Line
from ivr.carrier.ringing import Ringing
from ivr.carrier.tones import FAX_ANSWER

_BEFORE_THE_TONE = timedelta(milliseconds=200)
"""Silence after the answer, at least 0.2 s (ITU-T T.30, 4.1)."""
_BETWEEN_TONES = timedelta(seconds=3)


class Fax(Ringing):
    """Answers with the called tone of 2100 Hz, and gives up when no fax answers it."""

    kind: Literal["fax"]

    async def meet(self, line: Line) -> None:
        """Live through one call."""
        await self.ring_and_answer(line)
        await line.wait(_BEFORE_THE_TONE)
        for _ in range(3):
            await line.play((FAX_ANSWER,))
            await line.wait(_BETWEEN_TONES)
        await line.hang_up()
