"""The raw reason for a call's end, kept beside the CallResult made from it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HangupCause:
    """ITU-T Q.850 cause and the technology's own code."""

    q850: int
    text: str
    sip: int | None = None
    """SIP final status, or None when the call never got one."""
