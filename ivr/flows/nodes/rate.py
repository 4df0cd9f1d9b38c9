"""rate: a question of a survey that one key answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from pydantic import ConfigDict, Field, model_validator

from ivr.flows.actions import Actions, Go, Log, Perform
from ivr.flows.choice import Choice, NodeName
from ivr.flows.effects import KeepAnswer
from ivr.flows.nodes.base import Edge
from ivr.flows.nodes.choosing import ChoosingNode
from ivr.flows.nodes.draw_sample import SurveyName
from ivr.flows.scene import Scene


class RateNode(ChoosingNode):
    """Asks for a score from 1 to `most` and keeps it at once, whatever becomes of the call.

    A score of at most `low` is an event of the account, `low_score`, that rules can look at.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "rate",
                "survey": "after-call",
                "about": "ease",
                "prompt": "survey-ease",
                "low": 2,
                "next": "ask-settled",
            }
        }
    )

    type: Literal["rate"]
    survey: SurveyName = Field(description="its name, as `ivr survey` tells it")
    about: SurveyName = Field(description="which of its questions")
    most: int = Field(default=5, ge=2, le=9, description="the best score; the worst is 1")
    low: int = Field(default=0, ge=0, le=8, description="at most so many call for a person; 0: none does")
    next: NodeName = Field(description="once it is kept")

    @model_validator(mode="after")
    def _some_score_is_not_low(self) -> RateNode:
        if self.low >= self.most:
            raise ValueError(f"every score would be low; `low:` is at most {self.most - 1}")
        return self

    def own_choices(self) -> Mapping[str, Choice]:
        """Return what keys lead to by themselves: none, a score is kept before."""
        return {}

    def key_fields(self) -> Iterator[tuple[str, str]]:
        """Yield every score."""
        for score in range(1, self.most + 1):
            yield "most", str(score)
        if self.repeat is not None:
            yield "repeat", self.repeat

    def edges(self) -> tuple[Edge, ...]:
        """Return where scores, silence and wrong keys lead."""
        return (Edge(("next",), self.next), *super().edges())

    def pressed(self, scene: Scene, digit: str) -> Actions:
        """Keep the score."""
        if digit not in {key for field, key in self.key_fields() if field == "most"}:
            return self.any_other(scene, digit)
        kept = KeepAnswer(0, self.survey, self.about, int(digit), low=self.low)
        return (Log("rated", {"question": self.about}), Perform(kept))

    def resulted(self, scene: Scene, result: str) -> Actions:  # noqa: ARG002 (there is one result)
        """Go on."""
        return (Go(self.next),)
