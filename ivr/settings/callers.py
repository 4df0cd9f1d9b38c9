"""`[callers]`."""

from __future__ import annotations

from datetime import timedelta

from ivr.duration import Duration
from ivr.settings.section import Section


class CallersSettings(Section):
    """How we treat people who call us."""

    resume_within: Duration = timedelta(minutes=10)
    """So long after a call broke off whoever calls again goes on where it was."""
