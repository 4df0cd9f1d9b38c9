"""check_staffing: is an agent free?"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import ConfigDict, Field, model_validator

from ivr.flows.actions import Actions, Go
from ivr.flows.choice import NodeName
from ivr.flows.effects import CheckStaffing
from ivr.flows.nodes.base import Use
from ivr.flows.nodes.effect_node import EffectNode
from ivr.flows.nodes.queue_route import QueueName, QueueRoute, route_for, route_uses
from ivr.flows.scene import Scene
from ivr.flows.variables import values_of


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
    routes: tuple[QueueRoute, ...] = Field(
        default=(), description="other queues, as the transfer that follows has them"
    )
    free: NodeName = Field(description="when an agent is free")
    waiting: NodeName | None = Field(default=None, description="when the wait is at most `longest_wait`")
    longest_wait: int = Field(default=120, ge=1, le=3600, description="seconds")
    busy: NodeName = Field(description="otherwise")

    @model_validator(mode="after")
    def _a_limit_leads_somewhere(self) -> CheckStaffingNode:
        if "longest_wait" in self.model_fields_set and self.waiting is None:
            raise ValueError("`longest_wait:` leads nowhere; add `waiting:`, or remove it")
        return self

    def uses(self) -> tuple[Use, ...]:
        """Return the variables of the routes."""
        return route_uses(self.routes)

    def effect(self, scene: Scene) -> CheckStaffing:
        """Return the question."""
        queue, _ = route_for(self.routes, self.queue, 0, scene.variables)
        return CheckStaffing(0, queue)

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
