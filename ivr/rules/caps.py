"""Caps: how often one customer may be called, over all rules and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Cap = Annotated[int, Field(ge=1, le=10_000)] | None


class Caps(BaseModel):
    """The most calls in any window of that length; None is no cap."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    per_hour: Cap = None
    """Guards the caller ID: many calls an hour to one number get it labelled as spam."""
    per_day: Cap = None
    """In any 24 hours."""
    per_7_days: Cap = None
    """Regulation F presumes harassment above 7 (12 CFR 1006.14(b)(2)(i)(A))."""
    per_30_days: Cap = None

    def buckets(self) -> Sequence[tuple[str, timedelta, int]]:
        """Return name, length and cap of each window that has one."""
        lengths = {
            "per_hour": timedelta(hours=1),
            "per_day": timedelta(days=1),
            "per_7_days": timedelta(days=7),
            "per_30_days": timedelta(days=30),
        }
        caps = {name: getattr(self, name) for name in lengths}
        return [(name, lengths[name], cap) for name, cap in caps.items() if cap is not None]
