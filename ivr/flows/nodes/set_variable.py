"""set_variable: keep a value for later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import ConfigDict, Field

from ivr.flows.actions import Actions, Assign, Go
from ivr.flows.choice import NodeName
from ivr.flows.fill_in import fill_in, variables_in
from ivr.flows.nodes.base import BaseNode, Edge, Use
from ivr.flows.nodes.gather import VariableName
from ivr.flows.scene import Scene


class SetVariableNode(BaseNode):
    """Keeps a value as `own.<variable>`, for prompts, branches and webhooks that come later.

    `"{{ account.due_on }}"` alone keeps the day itself; inside a text, variables become text. What is made of
    an account detail is one, and said to nobody who may not hear it.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "set_variable",
                "variable": "order",
                "value": "{{ account.id }}-{{ gathered.number }}",
                "next": "send",
            }
        }
    )

    type: Literal["set_variable"]
    variable: VariableName = Field(description="it is kept as `own.<variable>`")
    value: bool | int | float | str = Field(description="a value, or a text with variables")
    next: NodeName = Field(description="the node that follows")

    def edges(self) -> tuple[Edge, ...]:
        """Return the only way on."""
        return (Edge(("next",), self.next, sets=(f"own.{self.variable}",)),)

    def uses(self) -> tuple[Use, ...]:
        """Return the variables in the value."""
        return tuple(Use(("value",), variable) for variable in variables_in(self.value))

    def enter(self, scene: Scene) -> Actions:
        """Keep it and go on."""
        value = fill_in(self.value, scene.variables)
        return (Assign(self.variable, value, variables_in(self.value)), Go(self.next))

    def assigns(self) -> Mapping[str, tuple[str, ...]]:
        """Return the one variable."""
        return {self.variable: variables_in(self.value)}
