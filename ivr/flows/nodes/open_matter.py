"""open_matter: what is there to be settled?"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import ConfigDict, Field

from ivr.flows.actions import Actions, BeginMatter, Bring
from ivr.flows.choice import NodeName
from ivr.flows.effects import OpenMatter
from ivr.flows.nodes.effect_node import EffectNode
from ivr.flows.scene import Scene
from ivr.flows.variables import look_up
from ivr.prompts.content_tier import ContentTier


class OpenMatterNode(EffectNode):
    """Takes up the caller's most urgent matter that was not spoken of in this call yet.

    From then on `account`, `alert`, `payment_method` and `promise` are that matter's, and what the caller
    means counts for it. With `none` they are those of the account alone.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "open_matter",
                "found": "details",
                "resumed": "where-we-were",
                "none": "nothing-due",
                "failed": "agent",
            }
        }
    )
    ways: ClassVar = ("found", "resumed", "none", "failed")
    least_tier: ClassVar[ContentTier] = ContentTier.VERIFIED

    type: Literal["open_matter"]
    found: NodeName = Field(description="when there is one")
    resumed: NodeName = Field(
        description="when it is the one that the same caller was at a few minutes ago, as the call broke off"
    )
    none: NodeName = Field(description="when nothing is open, or nothing more")
    failed: NodeName = Field(description="when nobody is known who could have one")

    def sets(self, way: str) -> tuple[str, ...]:  # noqa: ARG002 (it takes the place of what every call has)
        """Return nothing new."""
        return ()

    def effect(self, scene: Scene) -> OpenMatter:  # noqa: ARG002 (the host knows who calls)
        """Return the question."""
        return OpenMatter(0)

    def resulted(self, scene: Scene, result: str) -> Actions:
        """Speak of the matter from here on."""
        if result == "failed":
            return (self.way(result),)
        alert_id = look_up(scene.variables, "result.alert.id")
        begun = (BeginMatter(alert_id),) if isinstance(alert_id, str) else ()
        return (Bring(), *begun, self.way(result))
