"""go_on: at the step at which an earlier call broke off."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import ConfigDict, Field

from ivr.flows.actions import Actions, Rejoin
from ivr.flows.choice import NodeName
from ivr.flows.effects import FindStep
from ivr.flows.nodes.effect_node import EffectNode
from ivr.flows.scene import Scene
from ivr.prompts.content_tier import ContentTier


class GoOnNode(EffectNode):
    """Goes on at the very step at which the same person's call about this matter broke off a while ago.

    It may be a step of any flow that this one enters. What they had keyed, secrets excepted, is there again.
    """

    model_config = ConfigDict(json_schema_extra={"example": {"type": "go_on", "otherwise": "menu"}})
    ways: ClassVar = ("otherwise",)
    least_tier: ClassVar[ContentTier] = ContentTier.VERIFIED

    type: Literal["go_on"]
    otherwise: NodeName = Field(description="when no such step is known, or the flow has changed since")

    def sets(self, way: str) -> tuple[str, ...]:  # noqa: ARG002 (the step's own values are its own)
        """Return nothing new."""
        return ()

    def effect(self, scene: Scene) -> FindStep:  # noqa: ARG002 (the host knows the earlier call)
        """Return the question."""
        return FindStep(0)

    def resulted(self, scene: Scene, result: str) -> Actions:  # noqa: ARG002 (the result says all)
        """Be there, if it was found."""
        return (Rejoin(self.otherwise),) if result == "found" else (self.way("otherwise"),)
