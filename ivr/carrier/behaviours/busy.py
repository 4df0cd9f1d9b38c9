"""The line is in use."""

from __future__ import annotations

from typing import Literal

from ivr.carrier.content_model import ContentModel
from ivr.carrier.line import Line


class Busy(ContentModel):
    """Busy: 486 Busy Here."""

    kind: Literal["busy"]

    async def meet(self, line: Line) -> None:
        """Live through one call."""
        await line.refuse(486)
