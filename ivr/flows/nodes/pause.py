"""pause: say nothing for a moment."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from ivr.flows.actions import Actions, Go, HoldKey, Listen
from ivr.flows.choice import NodeName
from ivr.flows.nodes.base import BaseNode, Edge
from ivr.flows.scene import Scene


class PauseNode(BaseNode):
    """Waits in silence, then goes on; a key ends the pause and is taken by the next question."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"type": "pause", "seconds": 1.5, "next": "details"}}
    )

    type: Literal["pause"]
    seconds: float = Field(gt=0, le=60, description="how long")
    next: NodeName = Field(description="the node that follows")

    def edges(self) -> tuple[Edge, ...]:
        """Return the only way on."""
        return (Edge(("next",), self.next),)

    def enter(self, scene: Scene) -> Actions:  # noqa: ARG002 (waiting depends on nothing)
        """Wait."""
        return (Listen(self.seconds),)

    def pressed(self, scene: Scene, digit: str) -> Actions:  # noqa: ARG002 (whatever it is)
        """Go on at once, with the key."""
        return (HoldKey(digit), Go(self.next))

    def silent(self, scene: Scene) -> Actions:  # noqa: ARG002 (there is one way on)
        """Go on."""
        return (Go(self.next),)
