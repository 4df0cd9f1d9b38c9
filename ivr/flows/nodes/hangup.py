"""hangup: end the call."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import ConfigDict, Field

from ivr.flows.actions import Actions, Finish, Speak
from ivr.flows.choice import PromptName
from ivr.flows.nodes.base import BaseNode, Mention
from ivr.flows.scene import Scene
from ivr.flows.state import KeysDuring


class HangupNode(BaseNode):
    """Says a last prompt, if there is one, and ends the call."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"type": "hangup", "prompt": "goodbye", "reason": "paid"}}
    )

    type: Literal["hangup"]
    prompt: PromptName | None = Field(default=None, description="the last words")
    reason: str = Field(default="finished", description="for the call's log")

    def mentions(self) -> tuple[Mention, ...]:
        """Return what is said last."""
        return () if self.prompt is None else (Mention(("prompt",), self.prompt),)

    def enter(self, scene: Scene) -> Actions:  # noqa: ARG002 (the end depends on nothing)
        """Say the last words, or end at once."""
        return self._last_words

    def spoken(self, scene: Scene) -> Actions:  # noqa: ARG002 (the end depends on nothing)
        """End the call."""
        return self._end

    @cached_property
    def _last_words(self) -> Actions:
        return self._end if self.prompt is None else (Speak((self.prompt,), KeysDuring.IGNORE),)

    @cached_property
    def _end(self) -> Actions:
        return (Finish(self.reason),)
