"""record: what the person has to say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ivr.errors import FlowError
from ivr.flows.actions import Actions, Answer, ForgetKeys, Go, Keep, Log, Perform, Remember, Replay, Speak
from ivr.flows.choice import Key, NodeName, PromptName
from ivr.flows.effects import RecordVoice
from ivr.flows.manners import Manners
from ivr.flows.nodes.base import Edge, Mention
from ivr.flows.nodes.gather import VariableName
from ivr.flows.nodes.question import Moment, QuestionNode
from ivr.flows.scene import Scene
from ivr.flows.state import KeysDuring, Memory
from ivr.flows.variables import look_up
from ivr.outcomes.response import Response

_REVIEW = "review"
_HEARING = "hearing"


class Review(BaseModel):
    """What can be done with a recording before it is accepted."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    prompt: PromptName = Field(description="says what can be done with it")
    accept: Key = Field(default="1", description="the key that accepts it")
    again: Key = Field(default="2", description="the key that records anew")
    hear: Key = Field(default="3", description="the key that plays it")
    replay: bool = Field(default=False, description="whether it is heard before it is judged")
    unjudged: NodeName | None = Field(
        default=None,
        description="where silence leads, in place of accepting; a hang-up keeps nothing then",
    )


class RecordNode(QuestionNode):
    """Records what the person says, after a beep, until silence, a key or the longest time.

    With `review` it can be heard, made again or accepted. What was said is kept whatever follows: a hang-up,
    and silence during the review, accept it, unless the review says where an `unjudged` one leads.
    `gathered.<variable>` is its opaque name. An empty recording is a wrong answer.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "record",
                "prompt": "say-what-is-wrong",
                "variable": "remark",
                "review": {"prompt": "keep-or-again"},
                "response": "problem_reported",
                "next": "noted",
                "failed": "agent",
            }
        }
    )

    ways_without_key: ClassVar[tuple[str, ...]] = ("no_input", "next", "failed", "review")
    takes_silence: ClassVar[bool] = True
    wrong_answer: ClassVar[str] = "an empty recording or a wrong key"

    type: Literal["record"]
    prompt: PromptName = Field(description="said before the beep")
    variable: VariableName = Field(description="its opaque name is `gathered.<variable>`")
    max_seconds: float = Field(default=60, gt=0, le=600, description="the longest recording")
    silence_seconds: float = Field(default=3, gt=0, le=30, description="so long a silence ends it")
    beep: bool = Field(default=True, description="whether a beep is heard before")
    end_key: Key = Field(default="#", description="the key that ends it")
    review: Review | None = Field(default=None, description="lets it be heard, made again or accepted")
    response: Response | None = Field(default=None, description="what the person means by an accepted one")
    next: NodeName = Field(description="once it is accepted")
    failed: NodeName = Field(description="when nothing can be recorded")

    @model_validator(mode="after")
    def _a_recording_promises_nothing(self) -> RecordNode:
        if self.response is Response.PROMISED:
            raise ValueError("nobody can read a day from a recording; ask for it with a promise node")
        return self

    @model_validator(mode="after")
    def _silence_accepts(self) -> RecordNode:
        if self.no_input.to is not None:
            raise ValueError(
                "silence accepts a recording and goes on at `next:`; remove `to:` of `no_input:`"
            )
        return self

    def edges(self) -> tuple[Edge, ...]:
        """Return where the recording, silence and empty ones lead."""
        sets = (f"gathered.{self.variable}", "result")
        ways = [Edge(("next",), self.next, sets=sets), Edge(("failed",), self.failed)]
        if self.review is not None and self.review.unjudged is not None:
            ways.append(Edge(("review", "unjudged"), self.review.unjudged, sets=sets))
        return (*ways, *super().edges())

    def responses(self) -> tuple[Response, ...]:
        """Return what a recording means."""
        return () if self.response is None else (self.response,)

    def mentions(self) -> tuple[Mention, ...]:
        """Return what is said."""
        review = () if self.review is None else (Mention(("review", "prompt"), self.review.prompt),)
        return (Mention(("prompt",), self.prompt), *review, *super().mentions())

    def is_unprompted(self, edge: Edge) -> bool:
        """Say whether the way needs no key; where silence leads elsewhere, to accept takes one."""
        if edge.path == ("next",) and self.review is not None and self.review.unjudged is not None:
            return False
        return super().is_unprompted(edge)

    def opening(self) -> tuple[str, ...]:
        """Return what is said before the beep."""
        return (self.prompt,)

    def question(self, scene: Scene) -> PromptName:
        """Return what is said before the beep, or what asks for a judgement."""
        return self.review.prompt if self.review and scene.memory.stage == _REVIEW else self.prompt

    def enter(self, scene: Scene) -> Actions:
        """Ask the person to speak. A key pressed ahead says nothing about a recording."""
        return (ForgetKeys(), *super().enter(scene))

    def spoken(self, scene: Scene) -> Actions:
        """Record after the request; wait for a key after the review."""
        match scene.memory.stage:
            case "":
                return self._recording()
            case "hearing":
                return (Remember(replace(scene.memory, stage=_REVIEW)), *self._reviewed())
            case _:
                return super().spoken(scene)

    def moments(self, manners: Manners) -> tuple[Moment, ...]:  # noqa: ARG002 (its keys are all its own)
        """Return the time of the request, and that of judging the recording."""
        repeat = () if self.repeat is None else (("repeat", self.repeat),)
        if self.review is None:
            return (Moment(repeat),)
        judging = tuple(
            (f"review.{name}", getattr(self.review, name)) for name in ("accept", "again", "hear")
        )
        return (Moment(repeat), Moment((*judging, *repeat)))

    def pressed(self, scene: Scene, digit: str) -> Actions:
        """Begin at once, or judge the recording. Who leaves by a key of the whole flow has accepted it."""
        review, stage = self.review, scene.memory.stage
        if review is None or stage == "":
            return self.understood_everywhere(scene, digit) or self._recording()
        if digit == review.accept:
            return self._accepted(scene)
        if digit == review.again:
            return (Remember(Memory(mismatches=scene.memory.mismatches)), *self._asked_to_speak())
        if digit == review.hear:
            return self._replayed(scene, self._recorded(scene))
        if digit in scene.keys:
            accepted = () if review.unjudged is not None else self._meant(self._recorded(scene))
            return (*accepted, *self.any_other(scene, digit))
        if stage == _HEARING:
            return (Remember(replace(scene.memory, stage=_REVIEW)), *self._reviewed())
        return self.any_other(scene, digit)

    def silent(self, scene: Scene) -> Actions:
        """Ask for the judgement again, then take silence for yes, or leave it."""
        if scene.memory.silences + 1 < scene.manners.silences:
            return super().silent(scene)
        log = Log("no_input", {"time": scene.memory.silences + 1})
        if self.review is not None and self.review.unjudged is not None:
            return (log, Go(self.review.unjudged))
        return (log, *self._accepted(scene))

    def resulted(self, scene: Scene, result: str) -> Actions:
        """Offer the review, or go on."""
        match result:
            case "recorded":
                return self._offered(scene)
            case "empty":
                return self.mismatched(scene)
            case "failed":
                return (Go(self.failed),)
        raise FlowError(f"a recording can't end in {result!r}; its results are {RecordVoice.results}")

    def abandoned(self, scene: Scene) -> tuple[Answer, ...]:
        """A hang-up during the review accepts; during the recording its result is waited for."""
        left = self.review is not None and self.review.unjudged is not None
        return () if left or scene.memory.stage == "" else self._meant(self._recorded(scene))

    def _recording(self) -> Actions:
        return (Perform(RecordVoice(0, self.max_seconds, self.silence_seconds, self.beep, self.end_key)),)

    def _asked_to_speak(self) -> Actions:
        return (Speak((self.prompt,), KeysDuring.ANSWER),)

    def _reviewed(self) -> Actions:
        return () if self.review is None else (Speak((self.review.prompt,), KeysDuring.ANSWER),)

    def _replayed(self, scene: Scene, recording: str) -> Actions:
        hearing = Remember(replace(scene.memory, stage=_HEARING))
        return (hearing, Replay(recording, KeysDuring.ANSWER))

    def _offered(self, scene: Scene) -> Actions:
        recording = str(look_up(scene.variables, "result.recording"))
        keep = Keep(self.variable, recording)
        if self.review is None or (scene.is_over and self.review.unjudged is None):
            return (keep, *self._meant(recording), Go(self.next))
        if self.review.replay:
            return (keep, *self._replayed(scene, recording))
        return (keep, Remember(replace(scene.memory, stage=_REVIEW)), *self._reviewed())

    def _accepted(self, scene: Scene) -> Actions:
        return (*self._meant(self._recorded(scene)), Go(self.next))

    def _meant(self, recording: str) -> tuple[Answer, ...]:
        details: Mapping[str, object] = {"recording": recording}
        return () if self.response is None else (Answer(self.response, details),)

    def _recorded(self, scene: Scene) -> str:
        return str(look_up(scene.variables, f"gathered.{self.variable}"))
