"""Whether somebody is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal


@dataclass(frozen=True, slots=True)
class CheckHours:
    """Say whether named hours are open now.

    Value when closed: `opens_at`, the next opening on the company's clock, None if none is near.
    """

    results: ClassVar = ("open", "closed", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    hours: str
    kind: Literal["check_hours"] = "check_hours"
