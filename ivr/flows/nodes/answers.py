"""answers: frequently asked questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Literal

from pydantic import ConfigDict, Field

from ivr.flows.actions import Actions, Log, Remember, Speak
from ivr.flows.choice import Choice, Choices, Key, PromptName
from ivr.flows.nodes.base import Edge, Mention
from ivr.flows.nodes.choosing import ChoosingNode
from ivr.flows.scene import Scene
from ivr.flows.state import KeysDuring

_ANSWERING = "answering"


class AnswersNode(ChoosingNode):
    """Lists questions by key, says the answer to the one that is chosen, and lists them again.

    The answers are entries of `answers.yaml`, which every medium uses. `keys` holds the ways out.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "answers",
                "prompt": "questions",
                "answers": {"1": "where-to-pay", "2": "late-fee"},
                "keys": {"3": "menu"},
            }
        }
    )

    type: Literal["answers"]
    answers: dict[Key, PromptName] = Field(
        min_length=1, description="the answer to each key's question, an entry of `answers.yaml`"
    )
    keys: Choices = Field(min_length=1, description="the ways out")

    def own_choices(self) -> Mapping[str, Choice]:
        """Return the ways out."""
        return self.keys

    def key_fields(self) -> Iterator[tuple[str, str]]:
        """Yield every key that the node takes, with its field."""
        for key in self.answers:
            yield f"answers.{key}", key
        yield from super().key_fields()

    def edges(self) -> tuple[Edge, ...]:
        """Return where the keys, silence and wrong keys lead."""
        keys = (Edge(("keys", key), choice.to) for key, choice in self.keys.items())
        return (*keys, *super().edges())

    def mentions(self) -> tuple[Mention, ...]:
        """Return the list and the answers."""
        answers = (Mention(("answers", key), prompt) for key, prompt in self.answers.items())
        return (*answers, *super().mentions())

    def pressed(self, scene: Scene, digit: str) -> Actions:
        """Say the answer, or follow another key."""
        answer = self.answers.get(digit)
        if answer is None:
            return super().pressed(scene, digit)
        answering = Remember(replace(scene.memory, stage=_ANSWERING))
        return (Log("answered", {"prompt": answer}), answering, Speak((answer,), KeysDuring.SKIP))

    def spoken(self, scene: Scene) -> Actions:
        """List the questions again after an answer; wait for a key after the list."""
        if scene.memory.stage != _ANSWERING:
            return super().spoken(scene)
        return (Remember(replace(scene.memory, stage="", silences=0)), self.asked(scene))
