"""What was recorded of a call: whole calls, and what somebody was asked to say in one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class RecordingKind(StrEnum):
    """What a recording has."""

    CALL = "call"
    """Both sides of a call, secrets left out."""
    REMARK = "remark"
    """What somebody said when a flow asked them to."""


@dataclass(frozen=True, slots=True)
class Recording:
    """One recording, by its opaque name."""

    id: str
    """Also its file's name."""
    kind: RecordingKind
    call_id: str
    rule: str | None
    """The rule by which the call was recorded; None for a call that came in, and for remarks."""
    begun_at: datetime
    keep_until: datetime
    ended_at: datetime | None = None
    """None while it is made, or waits to be fetched."""
    seconds: float | None = None
    """How long it is; None until it has ended, and for one that is lost."""
    deleted_at: datetime | None = None
    deleted_by: str | None = None
    """`retention`, or who did it by hand."""
