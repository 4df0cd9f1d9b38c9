"""What the models of people's YAML have in common."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

LONGEST_SECONDS = 3600
"""Nobody in a simulation waits longer than this for one thing."""


class ContentModel(BaseModel):
    """Frozen, and refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _seconds(value: object) -> timedelta:
    if isinstance(value, timedelta):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= LONGEST_SECONDS:
        raise ValueError(f"{value!r} is no duration; write seconds from 0 to {LONGEST_SECONDS}, like 1.5")
    return timedelta(seconds=value)


Seconds = Annotated[timedelta, BeforeValidator(_seconds)]
"""A duration, written as a number of seconds."""
