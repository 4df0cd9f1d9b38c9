"""say: say a prompt, then go on."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import ConfigDict, Field

from ivr.flows.actions import Actions, Go, Speak
from ivr.flows.choice import NodeName, PromptName
from ivr.flows.nodes.base import BaseNode, Edge, Mention
from ivr.flows.scene import Scene
from ivr.flows.state import KeysDuring


class SayNode(BaseNode):
    """Says a prompt and goes on when it was heard, or at the first key, which the next question takes.

    An experienced caller who presses ahead skips it. With `interruptible: false` it is always heard to its
    end; keys pressed meanwhile still count for the next question.
    """

    model_config = ConfigDict(
        json_schema_extra={"example": {"type": "say", "prompt": "overdue-details", "next": "menu"}}
    )

    type: Literal["say"]
    prompt: PromptName = Field(description="what is said")
    interruptible: bool = Field(default=True, description="whether a key cuts it")
    next: NodeName = Field(description="the node that follows")

    def edges(self) -> tuple[Edge, ...]:
        """Return the only way on."""
        return (Edge(("next",), self.next),)

    def mentions(self) -> tuple[Mention, ...]:
        """Return what is said."""
        return (Mention(("prompt",), self.prompt),)

    def enter(self, scene: Scene) -> Actions:  # noqa: ARG002 (saying depends on nothing)
        """Say it."""
        return self._speech

    def spoken(self, scene: Scene) -> Actions:  # noqa: ARG002 (there is one way on)
        """Go on."""
        return self._way_on

    @cached_property
    def _speech(self) -> Actions:
        return (Speak((self.prompt,), KeysDuring.SKIP if self.interruptible else KeysDuring.KEEP),)

    @cached_property
    def _way_on(self) -> Actions:
        return (Go(self.next),)
