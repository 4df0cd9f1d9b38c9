"""check_staffing: is an agent free?"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from ivr.flows.actions import Actions, Go
from ivr.flows.choice import NodeName
from ivr.flows.effects import CheckStaffing
from ivr.flows.nodes.effect_node import EffectNode
from ivr.flows.scene import Scene
from ivr.flows.variables import values_of

QueueName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
"""A queue's name in the switch's configuration."""


class CheckStaffingNode(EffectNode):
    """Looks at a queue before an agent is offered: free now, a short wait, or better a call-back.

    A queue that can't be looked at counts as busy. `result.free_agents`, `result.callers_waiting` and
    `result.expected_wait` (seconds) are there for the prompts and branches that follow.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "check_staffing",
                "queue": "collections",
                "free": "agent",
                "waiting": "wait-or-call-back",
                "longest_wait": 120,
                "busy": "call-back",
            }
        }
    )
    ways: ClassVar = ("free", "waiting", "busy")

    type: Literal["check_staffing"]
    queue: QueueName = Field(description="its name in the settings")
    free: NodeName = Field(description="when an agent is free")
    waiting: NodeName | None = Field(default=None, description="when the wait is at most `longest_wait`")
    longest_wait: int = Field(default=120, ge=1, le=3600, description="seconds")
    busy: NodeName = Field(description="otherwise")

    @model_validator(mode="after")
    def _a_limit_leads_somewhere(self) -> CheckStaffingNode:
        if "longest_wait" in self.model_fields_set and self.waiting is None:
            raise ValueError("`longest_wait:` leads nowhere; add `waiting:`, or remove it")
        return self

    def effect(self, scene: Scene) -> CheckStaffing:  # noqa: ARG002 (the queue is named)
        """Return the question."""
        return CheckStaffing(0, self.queue)

    def resulted(self, scene: Scene, result: str) -> Actions:
        """Go where the queue's state leads."""
        if result not in CheckStaffing.results:
            return (self.way(result),)
        return (Go(self._target(scene) if result == "known" else self.busy),)

    def _target(self, scene: Scene) -> NodeName:
        found = values_of(scene.variables, "result")
        free, wait = found.get("free_agents"), found.get("expected_wait")
        if isinstance(free, int) and free > 0:
            return self.free
        if self.waiting is not None and isinstance(wait, int | float) and wait <= self.longest_wait:
            return self.waiting
        return self.busy
