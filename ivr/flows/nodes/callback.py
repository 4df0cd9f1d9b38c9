"""callback: we call again, when it suits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from typing import Literal

from pydantic import ConfigDict, Field, model_validator

from ivr.errors import FlowError
from ivr.flows.actions import Actions, Answer, Go, Perform
from ivr.flows.choice import NodeName
from ivr.flows.effects import RequestCallback
from ivr.flows.fill_in import to_plain
from ivr.flows.keyed_form import Form
from ivr.flows.manners import Manners
from ivr.flows.nodes.asking import Ask, AskingNode
from ivr.flows.nodes.base import Edge, Mention
from ivr.flows.nodes.promise import ReadBackQuestion
from ivr.flows.nodes.question import Moment
from ivr.flows.scene import Scene
from ivr.flows.variables import look_up
from ivr.outcomes.response import Response

TIME = "callback_time"


class CallbackNode(AskingNode):
    """Arranges a call-back: after a fixed time (`minutes`), or at a time keyed in with four digits (`time`).

    The response is `callback_requested`, or `call_later`, with the moment, which `result.moment` holds for
    the prompt that follows. A keyed time is that of the customer's clock, the next time it comes.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "callback",
                "time": {"prompt": "ask-call-back-time", "read_back": "you-said-time"},
                "done": "call-back-noted",
                "closed": "call-back-closed",
                "failed": "limited-message",
            }
        }
    )

    type: Literal["callback"]
    minutes: int | None = Field(default=None, ge=1, le=7 * 24 * 60, description="minutes from now; or `time`")
    time: ReadBackQuestion | None = Field(
        default=None, description="asks for the time, four digits; or `minutes`"
    )
    response: Literal[Response.CALLBACK_REQUESTED, Response.CALL_LATER] = Field(
        default=Response.CALLBACK_REQUESTED,
        description="`call_later`: not now, and nothing more",
    )
    done: NodeName = Field(description="when it is arranged")
    closed: NodeName = Field(description="when nobody may be called then")
    failed: NodeName = Field(description="when it could not be arranged")

    @model_validator(mode="after")
    def _one_way_to_say_when(self) -> CallbackNode:
        if (self.minutes is None) == (self.time is None):
            raise ValueError("it must say when, in one way; give it either `minutes:` or `time:`")
        return self

    @property
    def reads_back(self) -> bool:
        """Whether what was keyed is said and asked about: always."""
        return True

    def moments(self, manners: Manners) -> tuple[Moment, ...]:
        """Return the times at which it takes keys: none for a fixed time."""
        return () if self.time is None else super().moments(manners)

    def edges(self) -> tuple[Edge, ...]:
        """Return where results, silence and wrong answers lead."""
        results = ("done", "closed", "failed")
        sets = ("result",) if self.time is None else ("result", f"gathered.{TIME}")
        return (*(Edge((name,), getattr(self, name), sets=sets) for name in results), *super().edges())

    def mentions(self) -> tuple[Mention, ...]:
        """Return what is said."""
        if self.time is None:
            return super().mentions()
        return (*self.time.mentions("time", f"gathered.{TIME}"), *super().mentions())

    def opening(self) -> tuple[str, ...]:
        """Return the question."""
        return () if self.time is None else (self.time.prompt,)

    def is_unprompted(self, edge: Edge) -> bool:
        """Say whether the way needs no key: a fixed time needs none."""
        return self.minutes is not None or super().is_unprompted(edge)

    def enter(self, scene: Scene) -> Actions:
        """Ask for the time, or arrange it at once."""
        if self.minutes is None:
            return super().enter(scene)
        return (Perform(RequestCallback(0, self.minutes, None)),)

    def asks(self, scene: Scene) -> Sequence[Ask]:  # noqa: ARG002 (there is one time)
        """Return the time."""
        if self.time is None:
            raise FlowError("a call-back after a fixed time asks for nothing")
        return (Ask(TIME, self.time.prompt, 4, 4, Form.TIME, self.time.read_back),)

    def completed(self, scene: Scene) -> Actions:
        """Arrange it."""
        at = look_up(scene.variables, f"gathered.{TIME}")
        return (Perform(RequestCallback(0, None, f"{at:%H:%M}" if isinstance(at, time) else None)),)

    def resulted(self, scene: Scene, result: str) -> Actions:
        """Say what the result means, and go where it leads."""
        match result:
            case "done":
                moment = to_plain(look_up(scene.variables, "result.moment"))
                return (Answer(self.response, {"moment": moment}), Go(self.done))
            case "closed":
                return (Go(self.closed),)
            case "failed":
                return (Go(self.failed),)
        raise FlowError(f"a call-back can't end in {result!r}; its results are {RequestCallback.results}")
