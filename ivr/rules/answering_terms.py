"""Whether it is found out who or what picks up a rule's calls."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class AnsweringTerms(BaseModel):
    """`answering: {listen: true}`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    listen: bool
    """In the place of what the trunk says."""
