"""`[recordings]`."""

from __future__ import annotations

from datetime import timedelta

from ivr.duration import Duration
from ivr.settings.section import Section


class RecordingSettings(Section):
    """How long what people said is kept; for whole calls the rule and the number say it."""

    keep_remarks: Duration = timedelta(days=90)
    """What somebody was asked to say: remarks, and comments on what they forward."""
