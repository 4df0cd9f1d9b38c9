"""enter_flow: another flow, and back."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from ivr.content_file import Path
from ivr.flows.actions import Actions, Enter, Go
from ivr.flows.choice import NodeName
from ivr.flows.nodes.base import BaseNode, Edge
from ivr.flows.scene import Scene

_SETS = ("result", "gathered", "own")
"""What the other flow may have set, for whoever doesn't know it: whichever variables it likes."""


class EnterFlowNode(BaseNode):
    """Enters another flow and goes on here when that comes to a `return` node.

    The other flow brings its own keys, manners and good-bye; the limits of the call stay those of the flow
    that it began with. What was keyed and set in it stays.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "enter_flow",
                "flow": "take-payment",
                "returns": {"paid": "thanks"},
                "next": "menu",
            }
        }
    )

    type: Literal["enter_flow"]
    flow: NodeName = Field(description="the other flow's name")
    returns: dict[str, NodeName] = Field(default_factory=dict, description="where its results lead")
    next: NodeName = Field(description="where all other results lead")

    def edges(self) -> tuple[Edge, ...]:
        """Return where the other flow's results lead."""
        returns = (Edge(("returns", result), to, sets=_SETS) for result, to in self.returns.items())
        return (*returns, Edge(("next",), self.next, sets=_SETS))

    def way_of(self, result: str) -> Path:
        """Return the field that names where a result leads."""
        return ("returns", result) if result in self.returns else ("next",)

    def enter(self, scene: Scene) -> Actions:  # noqa: ARG002 (the flow is named)
        """Enter it."""
        return (Enter(self.flow),)

    def returned(self, scene: Scene, result: str) -> Actions:  # noqa: ARG002 (the result says all)
        """Go where its result leads."""
        return (Go(self.returns.get(result, self.next)),)
