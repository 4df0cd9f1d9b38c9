"""One rate, held for a while, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

KEPT_PACE = 0.97
"""A step is only clean when calls were placed at no less than this part of the rate asked for."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one side made of one rate."""

    asked_cps: float
    placed_cps: float
    """The rate at which calls were really placed."""
    calls: int
    failed: int
    controller_cpu_ms: float
    """A call, of whoever leads the calls."""
    asterisk_cpu_ms: float
    """A call."""

    @property
    def kept_pace(self) -> bool:
        """Whether the rate asked for was the rate placed."""
        return self.placed_cps >= KEPT_PACE * self.asked_cps

    @property
    def is_clean(self) -> bool:
        """Whether no call failed and the pace was kept."""
        return self.failed == 0 and self.kept_pace

    def __str__(self) -> str:
        verdict = "clean" if self.is_clean else f"{self.failed} failed" if self.failed else "behind its pace"
        return (
            f"{self.asked_cps:g} calls/s: {verdict} ({self.calls} calls at {self.placed_cps:.1f}/s; "
            f"CPU a call: {self.controller_cpu_ms:.1f} ms control, {self.asterisk_cpu_ms:.1f} ms Asterisk)"
        )
