"""How and when a customer wants to be reached, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from ivr.tempo import Tempo


@dataclass(frozen=True, slots=True)
class OptOut:
    """Suppress this topic (or everything) for the customer and the number."""

    results: ClassVar = ("done",)
    failure: ClassVar = "done"

    effect_id: int
    everything: bool
    kind: Literal["opt_out"] = "opt_out"


@dataclass(frozen=True, slots=True)
class RequestCallback:
    """Find the moment of a call-back. Value: `moment`, when it will be, on the customer's clock.

    `closed`: nobody may be called then.
    """

    results: ClassVar = ("done", "closed", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    in_minutes: int | None
    at: str | None
    """`15:30` on the customer's clock, the next time it is that; one of the two is given."""
    kind: Literal["request_callback"] = "request_callback"


@dataclass(frozen=True, slots=True)
class SetPreference:
    """Keep how and when a customer wants to be reached. `refused`: no hours that end after they begin."""

    results: ClassVar = ("done", "refused", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    language: str | None = None
    medium: str | None = None
    hours: tuple[str, str] | None = None
    """`09:00` and `12:30`, on the customer's clock."""
    any_hours: bool = False
    tempo: Tempo | None = None
    kind: Literal["set_preference"] = "set_preference"
