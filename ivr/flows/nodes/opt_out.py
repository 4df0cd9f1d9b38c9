"""opt_out: no more calls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ivr.errors import FlowError
from ivr.flows.actions import Actions, Answer, Finish, ForgetKeys, Go, Listen, Log, Perform, Remember, Speak
from ivr.flows.choice import Key, NodeName, PromptName
from ivr.flows.effects import OptOut
from ivr.flows.nodes.base import BaseNode, Edge, Mention
from ivr.flows.scene import Scene
from ivr.flows.state import KeysDuring
from ivr.outcomes.response import Response

_DONE = "done"


class Confirmation(BaseModel):
    """A second key, where the compliance profile asks for one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    prompt: PromptName = Field(description="asks whether it is meant")
    key: Key = Field(default="1", description="the key by which it is")
    otherwise: NodeName = Field(description="after silence and every other key: nothing has changed")


class OptOutNode(BaseNode):
    """Commits on the key: the person is suppressed at once, hears one sentence, and the call ends.

    A key pressed ahead of its question never leads here. With `response: stop_contact` it is every medium
    and everything. With `confirm` it commits on a second key, which can't be pressed ahead either.
    """

    model_config = ConfigDict(json_schema_extra={"example": {"type": "opt_out", "prompt": "opted-out"}})

    type: Literal["opt_out"]
    prompt: PromptName = Field(description="the one sentence")
    everything: bool = Field(default=False, description="all calls, not only those about this topic")
    response: Literal[Response.OPTED_OUT, Response.STOP_CONTACT] = Field(
        default=Response.OPTED_OUT, description="`stop_contact`: no contact at all, on any medium"
    )
    confirm: Confirmation | None = Field(
        default=None, description="where the profile asks for a second key, and only there"
    )

    def edges(self) -> tuple[Edge, ...]:
        """Return where it goes on when it was not meant."""
        return () if self.confirm is None else (Edge(("confirm", "otherwise"), self.confirm.otherwise),)

    def mentions(self) -> tuple[Mention, ...]:
        """Return the question, if there is one, and the one sentence."""
        asked = () if self.confirm is None else (Mention(("confirm", "prompt"), self.confirm.prompt),)
        return (*asked, Mention(("prompt",), self.prompt))

    def opening(self) -> tuple[str, ...]:
        """Return what is said first."""
        return (self.prompt if self.confirm is None else self.confirm.prompt,)

    def key_fields(self) -> Iterator[tuple[str, str]]:
        """Yield the key that confirms."""
        if self.confirm is not None:
            yield "confirm.key", self.confirm.key

    def enter(self, scene: Scene) -> Actions:  # noqa: ARG002 (nothing may hold it up)
        """Suppress, or ask first."""
        if self.confirm is None:
            return self._meant()
        return (ForgetKeys(), Speak((self.confirm.prompt,), KeysDuring.ANSWER))

    def pressed(self, scene: Scene, digit: str) -> Actions:  # noqa: ARG002 (one key means it)
        """Suppress, or go on as if nothing had been said."""
        return self._meant() if digit == self._asked.key else self._not_meant("no_match")

    def silent(self, scene: Scene) -> Actions:  # noqa: ARG002 (it is asked once)
        """Go on as if nothing had been said."""
        return self._not_meant("no_input")

    def resulted(self, scene: Scene, result: str) -> Actions:  # noqa: ARG002 (there is one result)
        """Say the one sentence."""
        return (Remember(replace(scene.memory, stage=_DONE)), Speak((self.prompt,), KeysDuring.IGNORE))

    def spoken(self, scene: Scene) -> Actions:
        """End the call, or wait for the key that confirms."""
        is_done = self.confirm is None or scene.memory.stage == _DONE
        return (Finish("opted out"),) if is_done else (Listen(scene.manners.first_key),)

    @property
    def _asked(self) -> Confirmation:
        if self.confirm is None:
            raise FlowError("an opt_out node without `confirm` asks for no key")
        return self.confirm

    def _meant(self) -> Actions:
        everything = self.everything or self.response is Response.STOP_CONTACT
        return (
            ForgetKeys(),
            Answer(self.response, {"everything": everything}),
            Perform(OptOut(0, everything)),
        )

    def _not_meant(self, kind: str) -> Actions:
        return (Log(kind, {"time": 1}), Go(self._asked.otherwise))
