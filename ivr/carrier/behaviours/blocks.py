"""The called party's network or their app keeps the call away from them."""

from __future__ import annotations

from typing import Literal

from ivr.carrier.content_model import ContentModel
from ivr.carrier.line import Line


class Blocks(ContentModel):
    """Blocks the call before it rings."""

    kind: Literal["blocks"]
    status: Literal["603+", "607", "608"] = "603+"
    """`603+` is 603 Network Blocked by the terminating network's analytics (ATIS-1000099); 607 Unwanted by
    the called party (RFC 8197); 608 Rejected by an intermediary (RFC 8688)."""

    async def meet(self, line: Line) -> None:
        """Live through one call."""
        if self.status == "603+":
            await line.refuse_by_analytics()
        else:
            await line.refuse(int(self.status))
