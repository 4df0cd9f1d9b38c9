"""What every question shares: the prompt, silence and wrong answers."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

from ivr.flows.actions import (
    Action,
    Actions,
    Answer,
    Collect,
    Finish,
    ForgetKeys,
    Go,
    Listen,
    Record,
    Remember,
    Speak,
)
from ivr.flows.choice import NodeName, PromptName
from ivr.flows.nodes.base import BaseNode, Edge, Mention
from ivr.flows.scene import Scene
from ivr.flows.state import KeysDuring
from ivr.outcomes.response import Response


class Unanswered(BaseModel):
    """What is done about silence or a wrong answer."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    prompt: PromptName | None = Field(default=None, description="said before the question is asked again")
    to: NodeName | None = Field(
        default=None, description="where to go in the end; without it: the flow's good-bye, and hang up"
    )


class QuestionNode(BaseNode):
    """A question that keys answer."""

    ways_without_key: ClassVar[tuple[str, ...]] = ("no_input",)
    """The fields whose ways are taken without a key."""

    prompt: PromptName
    no_input: Unanswered = Field(default=Unanswered(), description="after silence")
    no_match: Unanswered = Field(default=Unanswered(), description="after an answer that fits nothing")
    attempts: int | None = Field(
        default=None, ge=1, le=10, description="wrong answers until we give up, if not the flow's number"
    )

    def edges(self) -> tuple[Edge, ...]:
        """Return where silence and wrong answers lead in the end."""
        unanswered = (("no_input", self.no_input), ("no_match", self.no_match))
        return tuple(Edge((name, "to"), field.to) for name, field in unanswered if field.to is not None)

    def is_unprompted(self, edge: Edge) -> bool:
        """Say whether the way needs no key: that of silence, for one."""
        return edge.path[0] in self.ways_without_key

    def mentions(self) -> tuple[Mention, ...]:
        """Return the question and what is said before it is asked again."""
        unanswered = (("no_input", self.no_input), ("no_match", self.no_match))
        again = (Mention((n, "prompt"), field.prompt) for n, field in unanswered if field.prompt is not None)
        return (Mention(("prompt",), self.prompt), *again)

    def opening(self) -> tuple[str, ...]:
        """Return the question."""
        return (self.prompt,)

    def enter(self, scene: Scene) -> Actions:  # noqa: ARG002 (asking depends on nothing)
        """Ask."""
        return (Collect(None), self.asked())

    def spoken(self, scene: Scene) -> Actions:
        """Wait for the answer."""
        return (Listen(scene.manners.first_key),)

    def silent(self, scene: Scene) -> Actions:
        """Ask again, or give up."""
        memory = replace(scene.memory, silences=scene.memory.silences + 1)
        record = Record("no_input", {"time": memory.silences})
        if memory.silences < scene.manners.silences:
            return (record, Remember(memory), self.asked(self.no_input.prompt))
        return (record, Answer(Response.NO_INPUT), _given_up(self.no_input, "no input"))

    def asked(self, before: str | None = None) -> Speak:
        """Return the question, after another prompt if there is one."""
        prompts = (self.prompt,) if before is None else (before, self.prompt)
        return Speak(prompts, KeysDuring.ANSWER)

    def mismatched(self, scene: Scene) -> Actions:
        """Ask again after an answer that fits nothing, or give up."""
        memory = replace(scene.memory, mismatches=scene.memory.mismatches + 1)
        # What was keyed is not recorded: it may be a secret, keyed in the wrong place.
        record = Record("no_match", {"time": memory.mismatches})
        # Keys pressed ahead after a wrong one were meant for a question that was never reached.
        forget = (record, ForgetKeys(), Collect(None))
        if memory.mismatches < (self.attempts or scene.manners.attempts):
            return (*forget, Remember(memory), self.asked(self.no_match.prompt))
        return (*forget, Answer(Response.NO_MATCH), _given_up(self.no_match, "no match"))


def _given_up(unanswered: Unanswered, reason: str) -> Action:
    return Finish(reason, politely=True) if unanswered.to is None else Go(unanswered.to)
