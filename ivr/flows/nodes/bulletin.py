"""bulletin: what every caller has to know now."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from ivr.flows.actions import Actions, Go, Speak
from ivr.flows.choice import NodeName
from ivr.flows.nodes.base import BaseNode, Edge, Mention
from ivr.flows.scene import Scene
from ivr.flows.state import KeysDuring
from ivr.flows.variables import look_up
from ivr.prompts.bulletin import BULLETIN


class BulletinNode(BaseNode):
    """Says the bulletin while one is on the air, then goes on; without one it says nothing.

    It is on the air in the languages that it was written or recorded in; a caller of another one hears it in
    English, else in any of them. Like a `say` node's prompt it can be cut by a key.
    """

    model_config = ConfigDict(json_schema_extra={"example": {"type": "bulletin", "next": "greet"}})

    type: Literal["bulletin"]
    interruptible: bool = Field(default=True, description="whether a key cuts it")
    next: NodeName = Field(description="the node that follows")

    def edges(self) -> tuple[Edge, ...]:
        """Return the only way on."""
        return (Edge(("next",), self.next),)

    def mentions(self) -> tuple[Mention, ...]:
        """Return the bulletin, which need not be there."""
        return (Mention(("type",), BULLETIN, may_be_missing=True),)

    def opening(self) -> tuple[str, ...]:
        """Return nothing: mostly there is none."""
        return ()

    def enter(self, scene: Scene) -> Actions:
        """Say it, if there is one."""
        if look_up(scene.variables, "bulletin") is None:
            return (Go(self.next),)
        return (Speak((BULLETIN,), KeysDuring.SKIP if self.interruptible else KeysDuring.KEEP),)

    def spoken(self, scene: Scene) -> Actions:  # noqa: ARG002 (there is one way on)
        """Go on."""
        return (Go(self.next),)
