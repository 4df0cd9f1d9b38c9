"""goto: go on elsewhere."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from ivr.flows.actions import Actions, Go
from ivr.flows.choice import NodeName
from ivr.flows.nodes.base import BaseNode, Edge
from ivr.flows.scene import Scene


class GotoNode(BaseNode):
    """Goes on at another node: a name for a place that may move."""

    model_config = ConfigDict(json_schema_extra={"example": {"type": "goto", "to": "menu"}})

    type: Literal["goto"]
    to: NodeName = Field(description="the node to go on at")

    def edges(self) -> tuple[Edge, ...]:
        """Return the only way on."""
        return (Edge(("to",), self.to),)

    def enter(self, scene: Scene) -> Actions:  # noqa: ARG002 (there is one way on)
        """Go there."""
        return (Go(self.to),)
