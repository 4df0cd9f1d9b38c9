"""check_hours: are we open?"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import ConfigDict, Field

from ivr.flows.actions import Go
from ivr.flows.choice import NodeName
from ivr.flows.effects import CheckHours
from ivr.flows.nodes.effect_node import EffectNode
from ivr.flows.scene import Scene


class CheckHoursNode(EffectNode):
    """Goes one way within named hours and another outside them; hours that can't be read count as closed.

    Outside them, `result.opens_at` is when they open next.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"type": "check_hours", "hours": "agents", "open": "agent", "closed": "call-back"}
        }
    )
    ways: ClassVar = ("open", "closed")

    type: Literal["check_hours"]
    hours: str = Field(pattern=r"^[a-z][a-z0-9-]{0,62}$", description="a file of the hours folder, by name")
    open: NodeName = Field(description="within the hours")
    closed: NodeName = Field(description="outside of them")

    def effect(self, scene: Scene) -> CheckHours:  # noqa: ARG002 (the hours are named)
        """Return the question."""
        return CheckHours(0, self.hours)

    def way(self, result: str) -> Go:
        """Return where a result leads."""
        return super().way("closed" if result == CheckHours.failure else result)
