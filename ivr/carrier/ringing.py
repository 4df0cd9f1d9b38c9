"""How long a telephone rings before something happens."""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from pydantic import Field, model_validator

from ivr.carrier.content_model import ContentModel, Span
from ivr.carrier.line import Line

RING_CYCLE = timedelta(seconds=6)
"""From one ring to the next in North America: 2 s of ringing, 4 s of silence (ITU-T E.180)."""
SOON = timedelta(seconds=1)
"""How long it rings where a person's line does not say."""


class Ringing(ContentModel):
    """Ringing before something happens, told in rings or in seconds."""

    rings: int | None = Field(default=None, ge=0, le=100)
    """The ring that something happens at: `1` at once, `3` after two whole cycles."""
    after: Span | None = None
    """Span of ringing."""

    @model_validator(mode="after")
    def _told_once(self) -> Self:
        if self.rings is not None and self.after is not None:
            raise ValueError("both rings and after say how long it rings; keep one of the two")
        return self

    @property
    def rings_for(self) -> timedelta:
        """How long it rings."""
        if self.rings is not None:
            return max(0, self.rings - 1) * RING_CYCLE
        return SOON if self.after is None else self.after

    async def ring_out(self, line: Line) -> None:
        """Ring that long."""
        await line.ring()
        await line.wait(self.rings_for)

    async def ring_and_answer(self, line: Line) -> None:
        """Ring that long, then pick up."""
        await self.ring_out(line)
        await line.answer()
