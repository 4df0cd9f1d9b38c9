"""Nobody is at home."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from ivr.carrier.content_model import ContentModel, Span
from ivr.carrier.line import Line


class NeverAnswers(ContentModel):
    """Rings until the caller gives up, or the network does: 480 Temporarily Unavailable."""

    kind: Literal["never_answers"]
    network_gives_up_after: Span = timedelta(seconds=180)
    """Timer C of RFC 3261, 16.6: more than three minutes of ringing is no call any more."""

    async def meet(self, line: Line) -> None:
        """Live through one call."""
        await line.ring()
        await line.wait(self.network_gives_up_after)
        await line.refuse(480)
