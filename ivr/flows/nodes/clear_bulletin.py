"""clear_bulletin: callers hear it no more."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import ConfigDict, Field

from ivr.flows.choice import NodeName
from ivr.flows.effects import ClearBulletin
from ivr.flows.nodes.effect_node import EffectNode
from ivr.flows.scene import Scene
from ivr.prompts.content_tier import ContentTier


class ClearBulletinNode(EffectNode):
    """Takes the bulletin of the language that is being spoken off the air; for administrators."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "clear_bulletin",
                "done": "off-the-air",
                "nothing": "no-bulletin",
                "failed": "not-kept",
            }
        }
    )
    ways: ClassVar = ("done", "nothing", "failed")
    least_tier: ClassVar[ContentTier] = ContentTier.ADMINISTRATOR

    type: Literal["clear_bulletin"]
    done: NodeName = Field(description="when none is on the air any more")
    nothing: NodeName = Field(description="when there was none")
    failed: NodeName = Field(description="when it could not be taken off")

    def effect(self, scene: Scene) -> ClearBulletin:
        """Return what the host is asked for."""
        return ClearBulletin(0, scene.language)
