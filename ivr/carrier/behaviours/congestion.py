"""The network is full."""

from __future__ import annotations

from typing import Literal

from ivr.carrier.content_model import ContentModel
from ivr.carrier.line import Line


class Congestion(ContentModel):
    """All circuits are busy: 503 Service Unavailable."""

    kind: Literal["congestion"]

    async def meet(self, line: Line) -> None:
        """Live through one call."""
        await line.refuse(503)
