"""The number was never given to anybody."""

from __future__ import annotations

from typing import Literal

from ivr.carrier.content_model import ContentModel
from ivr.carrier.line import Line

ANNOUNCEMENT = ("ss-noservice",)
"""“The number you have dialled is not in service.”"""


class NoSuchNumber(ContentModel):
    """404 Not Found; with `announcement: true` after an announcement in early media, which is no answer."""

    kind: Literal["no_such_number"]
    announcement: bool = False

    async def meet(self, line: Line) -> None:
        """Live through one call."""
        if self.announcement:
            await line.play(ANNOUNCEMENT)
        await line.refuse(404)
