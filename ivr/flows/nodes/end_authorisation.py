"""end_authorisation: have nothing charged by itself any more."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import ConfigDict, Field

from ivr.flows.actions import Actions, Bring
from ivr.flows.choice import NodeName
from ivr.flows.effects import EndAuthorisation
from ivr.flows.nodes.effect_node import EffectNode
from ivr.flows.scene import Scene
from ivr.flows.variables import look_up
from ivr.prompts.content_tier import ContentTier


class EndAuthorisationNode(EffectNode):
    """Ends the automatic payments of the account; done, too, where there are none."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"type": "end_authorisation", "done": "automatic-ended", "failed": "agent"}
        }
    )
    ways: ClassVar = ("done", "failed")
    # Less than to agree takes: nobody is charged by it, and whoever can be written to is told.
    least_tier: ClassVar[ContentTier] = ContentTier.CONFIRMED

    type: Literal["end_authorisation"]
    done: NodeName = Field(
        description="when there are none any more; `result.in_writing` says whether it is told in writing"
    )
    failed: NodeName = Field(description="when it could not be written down")

    def effect(self, scene: Scene) -> EndAuthorisation:
        """Return what the host is asked for."""
        return EndAuthorisation(0, str(look_up(scene.variables, "account.id") or ""))

    def resulted(self, scene: Scene, result: str) -> Actions:  # noqa: ARG002 (the host says what to speak of)
        """Speak of what can be agreed to by now."""
        return (Bring(), self.way(result)) if result == "done" else (self.way(result),)
