"""end_invitation: be invited to pay no more."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import ConfigDict, Field

from ivr.flows.choice import NodeName
from ivr.flows.effects import EndInvitation
from ivr.flows.nodes.effect_node import EffectNode
from ivr.flows.scene import Scene
from ivr.flows.variables import look_up
from ivr.prompts.content_tier import ContentTier


class EndInvitationNode(EffectNode):
    """Ends the monthly invitation to pay of the account; done, too, where there is none."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"type": "end_invitation", "done": "invitation-ended", "failed": "agent"}
        }
    )
    ways: ClassVar = ("done", "failed")
    least_tier: ClassVar[ContentTier] = ContentTier.CONFIRMED

    type: Literal["end_invitation"]
    done: NodeName = Field(description="when there is none any more")
    failed: NodeName = Field(description="when it could not be written down")

    def effect(self, scene: Scene) -> EndInvitation:
        """Return what the host is asked for."""
        return EndInvitation(0, str(look_up(scene.variables, "account.id") or ""))
