"""What nodes share whose question one key answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from pydantic import Field

from ivr.flows.actions import Actions, Speak
from ivr.flows.choice import Choice, PromptName
from ivr.flows.manners import Manners
from ivr.flows.nodes.base import Mention
from ivr.flows.nodes.question import Moment, QuestionNode
from ivr.flows.scene import Scene
from ivr.flows.state import KeysDuring
from ivr.outcomes.response import Response


class ChoosingNode(QuestionNode):
    """A question that one key answers: the node's own keys first, then those of the whole flow."""

    prompt: PromptName = Field(description="asks the question")

    def mentions(self) -> tuple[Mention, ...]:
        """Return the question and what is said before it is asked again."""
        return (Mention(("prompt",), self.prompt), *super().mentions())

    def opening(self) -> tuple[str, ...]:
        """Return the question."""
        return (self.prompt,)

    def question(self, scene: Scene) -> PromptName:  # noqa: ARG002 (there is one)
        """Return the prompt that asks."""
        return self.prompt

    def enter(self, scene: Scene) -> Actions:  # noqa: ARG002 (there is one question)
        """Ask."""
        return self._asking

    def own_choices(self) -> Mapping[str, Choice]:
        """Return what this node's own keys lead to."""
        raise NotImplementedError

    def responses(self) -> tuple[Response, ...]:
        """Return what the keys mean."""
        return tuple(choice.response for choice in self.own_choices().values() if choice.response)

    def key_fields(self) -> Iterator[tuple[str, str]]:
        """Yield (field, key) for every key that the node takes."""
        for key in self.own_choices():
            yield f"keys.{key}", key
        if self.repeat is not None:
            yield "repeat", self.repeat

    def moments(self, manners: Manners) -> tuple[Moment, ...]:  # noqa: ARG002 (its keys are all its own)
        """Return the one time: during the question and after it."""
        return (Moment(tuple(self.key_fields())),)

    def pressed(self, scene: Scene, digit: str) -> Actions:
        """Follow the key, repeat, or ask again."""
        choice = self.own_choices().get(digit)
        return self.any_other(scene, digit) if choice is None else choice.taken

    @cached_property
    def _asking(self) -> Actions:
        return (Speak((self.prompt,), KeysDuring.ANSWER),)
