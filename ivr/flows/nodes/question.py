"""What every question shares: the prompt, silence and wrong answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Annotated, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from ivr.flows.actions import (
    Action,
    Actions,
    Answer,
    Collect,
    Finish,
    ForgetKeys,
    Go,
    Listen,
    Log,
    Remember,
    SetTempo,
    Speak,
)
from ivr.flows.choice import Key, NodeName, PromptName
from ivr.flows.manners import Manners
from ivr.flows.nodes.base import BaseNode, Edge, Mention
from ivr.flows.scene import Scene
from ivr.flows.state import KeysDuring
from ivr.outcomes.response import Response
from ivr.tempo import Tempo


def _one_or_several(value: object) -> object:
    return (value,) if isinstance(value, str) else () if value is None else value


Prompts = Annotated[tuple[PromptName, ...], BeforeValidator(_one_or_several)]
"""One prompt's name, or a list of them."""


class Unanswered(BaseModel):
    """What is done about silence or a wrong answer."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    prompt: Prompts = Field(
        default=(), description="said before the question is asked again; of several, each time the next"
    )
    to: NodeName | None = Field(
        default=None, description="where to go in the end; without it: the flow's good-bye, and hang up"
    )

    def help(self, time: int) -> tuple[str, ...]:
        """Return what is said before the question is asked again for the `time`-th time."""
        return self.prompt[time - 1 : time] or self.prompt[-1:]


@dataclass(frozen=True, slots=True)
class Moment:
    """A time at which a question takes keys."""

    own: tuple[tuple[str, Key], ...]
    """Each key that means something of the question's own, with the field that names it."""
    takes_digits: bool = False
    """Whether digits are what is asked for, so that none of them can mean anything else."""

    def leaves(self, key: Key) -> bool:
        """Say whether a key has the meaning that it has in the whole flow."""
        return not (self.takes_digits and key.isdigit()) and all(key != own for _, own in self.own)


@lru_cache(maxsize=64)
def listening(seconds: float) -> Actions:
    """Return what waits for a key."""
    return (Listen(seconds),)


class QuestionNode(BaseNode):
    """A question that keys answer."""

    ways_without_key: ClassVar[tuple[str, ...]] = ("no_input",)
    """The fields whose ways are taken without a key."""
    takes_silence: ClassVar[bool] = False
    """Whether silence is an answer, which leads on in the end."""
    wrong_answer: ClassVar[str] = "a wrong key"
    """What an answer is that fits nothing, in the linter's words."""

    no_input: Unanswered = Field(default=Unanswered(), description="after silence")
    no_match: Unanswered = Field(default=Unanswered(), description="after an answer that fits nothing")
    attempts: int | None = Field(
        default=None, ge=1, le=10, description="wrong answers until we give up, if not the flow's number"
    )
    repeat: Key | None = Field(
        default=None, description="the key that asks the question once more, if not the flow's"
    )

    def edges(self) -> tuple[Edge, ...]:
        """Return where silence and wrong answers lead in the end."""
        unanswered = (("no_input", self.no_input), ("no_match", self.no_match))
        return tuple(Edge((name, "to"), field.to) for name, field in unanswered if field.to is not None)

    def is_unprompted(self, edge: Edge) -> bool:
        """Say whether the way needs no key: that of silence, for one."""
        return edge.path[0] in self.ways_without_key

    def mentions(self) -> tuple[Mention, ...]:
        """Return what is said before the question is asked again."""
        unanswered = (("no_input", self.no_input), ("no_match", self.no_match))
        return tuple(Mention((n, "prompt"), prompt) for n, field in unanswered for prompt in field.prompt)

    def moments(self, manners: Manners) -> tuple[Moment, ...]:  # noqa: ARG002 (for those with the flow's keys)
        """Return the times at which the node takes keys."""
        return ()

    def question(self, scene: Scene) -> PromptName:
        """Return the prompt that asks."""
        raise NotImplementedError

    def opening(self) -> tuple[str, ...]:
        """Return the first question."""
        raise NotImplementedError

    def enter(self, scene: Scene) -> Actions:
        """Ask."""
        return (_ANEW, self.asked(scene))

    def spoken(self, scene: Scene) -> Actions:
        """Wait for the answer."""
        return listening(scene.manners.first_key)

    def silent(self, scene: Scene) -> Actions:
        """Ask again, or give up."""
        memory = replace(scene.memory, silences=scene.memory.silences + 1)
        log = Log("no_input", {"time": memory.silences})
        if memory.silences < scene.manners.silences:
            return (log, Remember(memory), self.asked(scene, self.no_input.help(memory.silences)))
        return (log, Answer(Response.NO_INPUT), _given_up(self.no_input, "no input"))

    def asked(self, scene: Scene, before: tuple[str, ...] = ()) -> Speak:
        """Return the question, after other prompts if there are any."""
        return Speak((*before, self.question(scene)), KeysDuring.ANSWER)

    def any_other(self, scene: Scene, digit: str) -> Actions:
        """Take a key that is none of the question's own: it has the flow's meaning, or is a wrong one."""
        return self.understood_everywhere(scene, digit) or self.mismatched(scene)

    def understood_everywhere(self, scene: Scene, digit: str) -> Actions:
        """Return what a key does at every question: ask once more, more slowly or not, or lead away; nothing
        for all others."""
        if digit == self.of_flow("repeat", scene.manners):
            return (Answer(Response.REPEATED), _ANEW, self.asked(scene))
        slower = scene.manners.slower
        if slower is not None and digit == slower.key:
            asked = self.asked(scene, (slower.prompt,))
            return (SetTempo(Tempo.SLOW), Answer(Response.SLOWER), _ANEW, asked)
        choice = scene.keys.get(digit)
        return () if choice is None else choice.taken

    def of_flow(self, name: str, manners: Manners) -> Key | None:
        """Return the key that a field of the node names; the flow's where the node says nothing of it."""
        key: Key | None = getattr(self if name in self.model_fields_set else manners, name)
        return key

    def mismatched(self, scene: Scene) -> Actions:
        """Ask again after an answer that fits nothing, or give up."""
        memory = replace(scene.memory, mismatches=scene.memory.mismatches + 1)
        # What was keyed is not recorded: it may be a secret, keyed in the wrong place.
        log = Log("no_match", {"time": memory.mismatches})
        # Keys pressed ahead after a wrong one were meant for a question that was never reached.
        forget = (log, ForgetKeys(), _ANEW)
        if memory.mismatches < (self.attempts or scene.manners.attempts):
            again = self.asked(scene, self.no_match.help(memory.mismatches))
            return (*forget, Remember(memory), again)
        return (*forget, Answer(Response.NO_MATCH), _given_up(self.no_match, "no match"))


_ANEW = Collect(None)


def _given_up(unanswered: Unanswered, reason: str) -> Action:
    return Finish(reason, politely=True) if unanswered.to is None else Go(unanswered.to)
