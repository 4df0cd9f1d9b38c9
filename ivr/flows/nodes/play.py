"""play: a recorded clip."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from ivr.flows.actions import Actions, Go, Speak
from ivr.flows.choice import NodeName, PromptName
from ivr.flows.nodes.base import BaseNode, Edge, Mention
from ivr.flows.scene import Scene
from ivr.flows.state import KeysDuring


class PlayNode(BaseNode):
    """Plays a recorded clip, then goes on; a key cuts it and is taken by the next question.

    A clip is a prompt that has a recording in every language of the flow; its words are spoken instead if the
    file can't be played. With `interruptible: false` it is always heard to its end.
    """

    model_config = ConfigDict(
        json_schema_extra={"example": {"type": "play", "clip": "jingle", "next": "identify"}}
    )

    type: Literal["play"]
    clip: PromptName = Field(description="a prompt with a recording")
    interruptible: bool = Field(default=True, description="whether a key cuts it")
    next: NodeName = Field(description="the node that follows")

    def edges(self) -> tuple[Edge, ...]:
        """Return the only way on."""
        return (Edge(("next",), self.next),)

    def mentions(self) -> tuple[Mention, ...]:
        """Return the clip."""
        return (Mention(("clip",), self.clip, is_recorded=True),)

    def enter(self, scene: Scene) -> Actions:  # noqa: ARG002 (a clip depends on nothing)
        """Play it."""
        return (Speak((self.clip,), KeysDuring.SKIP if self.interruptible else KeysDuring.KEEP),)

    def spoken(self, scene: Scene) -> Actions:  # noqa: ARG002 (there is one way on)
        """Go on."""
        return (Go(self.next),)
