"""Questions whose answers are kept, and who is asked them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal


@dataclass(frozen=True, slots=True)
class DrawSample:
    """Say whether this call is in a random sample. The same call is always in it, or never.

    Nobody but the engine has a say in it: not the flow's course, no agent, no customer.
    """

    results: ClassVar = ("left_out", "drawn")
    failure: ClassVar = "left_out"

    effect_id: int
    sample: str
    """Its name: each sample is drawn for itself."""
    percent: float
    kind: Literal["draw_sample"] = "draw_sample"


@dataclass(frozen=True, slots=True)
class KeepAnswer:
    """Keep the answer to a question of a survey: a score, or the recording of what was said."""

    results: ClassVar = ("done",)
    failure: ClassVar = "done"

    effect_id: int
    survey: str
    question: str
    score: int | None = None
    recording: str | None = None
    low: int = 0
    """A score of at most this raises an event for a person."""
    kind: Literal["keep_answer"] = "keep_answer"
