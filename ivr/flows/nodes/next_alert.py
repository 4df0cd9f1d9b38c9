"""next_alert: an alert about which the customer may choose something."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import ConfigDict, Field

from ivr.flows.actions import Actions, Bring
from ivr.flows.choice import NodeName
from ivr.flows.effects import NextAlert
from ivr.flows.nodes.effect_node import EffectNode
from ivr.flows.scene import Scene
from ivr.flows.variables import look_up
from ivr.prompts.content_tier import ContentTier


class NextAlertNode(EffectNode):
    """Comes to the next alert about which its rule lets the customer choose something (`customer_may`).

    From then on `choice` tells what there is to choose, and what they chose.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "next_alert",
                "found": "say-alert",
                "none": "no-more-alerts",
                "failed": "menu",
            }
        }
    )
    ways: ClassVar = ("found", "none", "failed")
    least_tier: ClassVar[ContentTier] = ContentTier.CONFIRMED

    type: Literal["next_alert"]
    found: NodeName = Field(description="when there is one")
    none: NodeName = Field(description="when there is none, or no more; after that it begins with the first")
    failed: NodeName = Field(description="when nobody knows who is on the line")

    def sets(self, way: str) -> tuple[str, ...]:  # noqa: ARG002 (it takes the place of what every call has)
        """Return nothing new."""
        return ()

    def effect(self, scene: Scene) -> NextAlert:
        """Return the question, with the alert that was the last one."""
        last = look_up(scene.variables, "choice.rule")
        return NextAlert(0, last if isinstance(last, str) else None)

    def resulted(self, scene: Scene, result: str) -> Actions:  # noqa: ARG002 (the host says what to speak of)
        """Speak of the alert from here on."""
        return (self.way(result),) if result == "failed" else (Bring(), self.way(result))
