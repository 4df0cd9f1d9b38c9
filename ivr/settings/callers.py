"""`[callers]`."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from pydantic import Field

from ivr.duration import Duration
from ivr.settings.section import Section


class CallersSettings(Section):
    """How we treat people who call us."""

    resume_within: Duration = timedelta(minutes=10)
    """So long after a call broke off whoever calls again goes on where it was."""
    calls_an_hour: int | None = Field(default=30, ge=1)
    """A number that calls more often is blocked for a time; 30 if you say nothing."""
    failed_references: int | None = Field(default=12, ge=1)
    """A number from which so many wrong references are keyed within a day is blocked for a time."""
    block_for: Duration = timedelta(days=1)
    """How long."""
    blocked: Literal["sentence", "reject"] = "sentence"
    """What a blocked caller hears: the flow `blocked-caller`, or nothing, for the call is not answered."""
