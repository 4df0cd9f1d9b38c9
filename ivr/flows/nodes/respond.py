"""respond: keep what the person meant."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field, JsonValue, model_validator

from ivr.flows.actions import Actions, Answer, Go
from ivr.flows.choice import NodeName
from ivr.flows.fill_in import fill_in_all, to_plain, variables_in
from ivr.flows.nodes.base import BaseNode, Edge, Use
from ivr.flows.scene import Scene
from ivr.outcomes.promised import read_promised
from ivr.outcomes.response import Response


class RespondNode(BaseNode):
    """Records a response with the call, then goes on. A settling one ends the alert on every medium."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "respond",
                "response": "promised",
                "details": {"within_days": 7},
                "next": "promised",
            }
        }
    )

    type: Literal["respond"]
    response: Response = Field(description="what the person meant")
    details: dict[str, JsonValue] = Field(
        default_factory=dict,
        description="kept with the response; `{{ gathered.date }}` stands for a variable",
    )
    next: NodeName = Field(description="the node that follows")

    @model_validator(mode="after")
    def _a_promise_can_be_read(self) -> RespondNode:
        if self.response is not Response.PROMISED:
            return self
        if any(map(variables_in, self.details.values())):
            raise ValueError("what is promised can't be a variable; ask for it with a promise node")
        read_promised(self.details)
        return self

    def edges(self) -> tuple[Edge, ...]:
        """Return the only way on."""
        return (Edge(("next",), self.next),)

    def responses(self) -> tuple[Response, ...]:
        """Return it."""
        return (self.response,)

    def uses(self) -> tuple[Use, ...]:
        """Return the variables that the details speak of."""
        details = self.details.items()
        return tuple(Use(("details", name), v) for name, value in details for v in variables_in(value))

    def enter(self, scene: Scene) -> Actions:
        """Record and go on."""
        details = {n: to_plain(v) for n, v in fill_in_all(self.details, scene.variables).items()}
        return (Answer(self.response, details), Go(self.next))
