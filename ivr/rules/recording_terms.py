"""That calls are recorded, and how long that is kept."""

from __future__ import annotations

from datetime import timedelta

from pydantic import BaseModel, ConfigDict, field_validator

from ivr.duration import Duration


class RecordingTerms(BaseModel):
    """`record: {keep: 90d}`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    keep: Duration
    """How long after its call a recording is kept."""

    @field_validator("keep")
    @classmethod
    def _can_be_heard(cls, keep: timedelta) -> timedelta:
        if keep < timedelta(hours=1):
            raise ValueError("nobody could hear it before it is deleted; write 1h or more")
        return keep
