"""Frequently asked questions as they are written: `prompts/<language>/answers.yaml`.

answers:
  where-to-pay:
    question: Where can I pay?
    answer: You can pay in any of our branches.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictStr

from ivr.prompts.prompt_file import Name

ANSWERS_NAME = "answers"
"""The file's name without its suffix."""


class AnswerEntry(BaseModel):
    """One question with its answer, for every medium."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: Annotated[StrictStr, Field(min_length=1)]
    """The answer's title where people read it."""
    answer: Annotated[StrictStr, Field(min_length=1)]
    """What is said: it is the text of a prompt that is called like the entry."""
    tier: Literal["anyone", "confirmed", "verified"] = "anyone"
    """Who may be told."""


class AnswersFile(BaseModel):
    """All answers in one language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    answers: Annotated[dict[Name, AnswerEntry], Field(min_length=1)]
    """By name."""
