"""The named answer of a stage, for yes and for no."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Verdict(Enum):
    """What is to be done with the attempt."""

    GO = "go"
    DEFER = "defer"
    """Not now: at `until`."""
    CANCEL = "cancel"
    """Never: this attempt is closed as cancelled."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One stage's answer; kept as a row when it changes, so that `ivr why` can read it back."""

    stage: str
    verdict: Verdict
    reason: str
    """A named reason in snake_case: `opted_out`, `outside_calling_hours`."""
    detail: str = ""
    """The same in plain words, for people."""
    until: datetime | None = None
    """When to look again; always there for DEFER."""
