"""What people answered in surveys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class SurveyAnswer:
    """The answer to one question, in one call."""

    call_id: str
    survey: str
    question: str
    score: int | None
    """The key that was pressed; None for what was said."""
    recording: str | None
    """The opaque name of what was said; one of the two is there."""
    customer_id: str | None
    at: datetime


class Surveys(Protocol):
    """Answers, one per call and question."""

    def keep(self, answer: SurveyAnswer) -> None:
        """Keep an answer, in the place of an earlier one of the same call."""
        ...
