"""opt_out: no more calls."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from ivr.flows.actions import Actions, Answer, Finish, ForgetKeys, Perform, Speak
from ivr.flows.choice import PromptName
from ivr.flows.effects import OptOut
from ivr.flows.nodes.base import BaseNode, Mention
from ivr.flows.scene import Scene
from ivr.flows.state import KeysDuring
from ivr.outcomes.response import Response


class OptOutNode(BaseNode):
    """Commits on the key: the person is suppressed at once, hears one sentence, and the call ends.

    A key pressed ahead of its question never leads here. With `response: stop_contact` it is every medium
    and everything.
    """

    model_config = ConfigDict(json_schema_extra={"example": {"type": "opt_out", "prompt": "opted-out"}})

    type: Literal["opt_out"]
    prompt: PromptName = Field(description="the one sentence")
    everything: bool = Field(default=False, description="all calls, not only those about this topic")
    response: Literal[Response.OPTED_OUT, Response.STOP_CONTACT] = Field(
        default=Response.OPTED_OUT, description="`stop_contact`: no contact at all, on any medium"
    )

    def mentions(self) -> tuple[Mention, ...]:
        """Return the one sentence."""
        return (Mention(("prompt",), self.prompt),)

    def enter(self, scene: Scene) -> Actions:  # noqa: ARG002 (nothing may hold it up)
        """Suppress."""
        everything = self.everything or self.response is Response.STOP_CONTACT
        return (
            ForgetKeys(),
            Answer(self.response, {"everything": everything}),
            Perform(OptOut(0, everything)),
        )

    def resulted(self, scene: Scene, result: str) -> Actions:  # noqa: ARG002 (there is one result)
        """Say the one sentence."""
        return (Speak((self.prompt,), KeysDuring.IGNORE),)

    def spoken(self, scene: Scene) -> Actions:  # noqa: ARG002 (the end depends on nothing)
        """End the call."""
        return (Finish("opted out"),)
