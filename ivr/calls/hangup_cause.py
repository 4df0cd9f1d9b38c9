"""The raw reason for a call's end, kept beside the CallResult made from it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HangupCause:
    """ITU-T Q.850 cause and the technology's own code."""

    q850: int
    """1 to 127; 0 where the switch set none."""
    text: str
    """The cause in the switch's words, which says no more than `q850`."""
    sip: int | None = None
    """SIP final status, or None when the call never got one."""
    sip_reason: str | None = None
    """The reason phrase beside `sip` as the far end wrote it (`Network Blocked`), or None."""
