"""branch: one way or another."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ivr.flows.actions import Actions, Go
from ivr.flows.choice import NodeName
from ivr.flows.condition import Condition
from ivr.flows.nodes.base import BaseNode, Edge, Use
from ivr.flows.scene import Scene


class Case(BaseModel):
    """A condition and where it leads."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    when: Condition = Field(description="the condition")
    to: NodeName = Field(description="where to go when it holds")

    @cached_property
    def way(self) -> Actions:
        """What is done when the condition holds."""
        return (Go(self.to),)


class BranchNode(BaseNode):
    """Goes where the first condition that holds leads, or otherwise where `otherwise` does."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "branch",
                "cases": [{"when": {"variable": "payment_method", "present": True}, "to": "menu-pay"}],
                "otherwise": "menu",
            }
        }
    )

    type: Literal["branch"]
    cases: tuple[Case, ...] = Field(min_length=1, description="conditions, tried in their order")
    otherwise: NodeName = Field(description="where to go when none holds")

    def edges(self) -> tuple[Edge, ...]:
        """Return where each case leads, and where none does."""
        cases = (Edge(("cases", index, "to"), case.to) for index, case in enumerate(self.cases))
        return (*cases, Edge(("otherwise",), self.otherwise))

    def uses(self) -> tuple[Use, ...]:
        """Return the variables of each case's condition."""
        return tuple(
            Use(("cases", index, "when"), variable)
            for index, case in enumerate(self.cases)
            for variable in case.when.variables()
        )

    def enter(self, scene: Scene) -> Actions:
        """Take the first way that is open."""
        for case in self.cases:
            if case.when.holds(scene.variables):
                return case.way
        return (Go(self.otherwise),)
