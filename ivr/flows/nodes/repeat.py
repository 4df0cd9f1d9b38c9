"""repeat: say it once more."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar, Literal

from pydantic import ConfigDict, Field

from ivr.flows.actions import Actions, Answer, Finish, Go
from ivr.flows.choice import NodeName
from ivr.flows.nodes.base import BaseNode, Edge
from ivr.flows.scene import Scene
from ivr.outcomes.response import Response


class RepeatNode(BaseNode):
    """Goes back to an earlier node, a limited number of times in a call."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"type": "repeat", "from": "details", "then": "limited-message"}}
    )

    counts_visits: ClassVar[bool] = True

    type: Literal["repeat"]
    from_node: NodeName = Field(alias="from", description="what is said once more")
    times: int = Field(default=3, ge=1, le=10, description="how often in a call")
    then: NodeName | None = Field(
        default=None, description="where to go after that; without it: the flow's good-bye, and hang up"
    )

    def edges(self) -> tuple[Edge, ...]:
        """Return where it goes back to, and where it ends."""
        back = Edge(("from",), self.from_node)
        return (back,) if self.then is None else (back, Edge(("then",), self.then))

    def is_unprompted(self, edge: Edge) -> bool:
        """Say whether the way has no end of its own: the way back is counted."""
        return edge.path != ("from",)

    def enter(self, scene: Scene) -> Actions:
        """Go back, or on when it was often enough."""
        if scene.times_entered <= self.times:
            return self._once_more
        return (Finish("repeated too often", politely=True) if self.then is None else Go(self.then),)

    @cached_property
    def _once_more(self) -> Actions:
        return (Answer(Response.REPEATED), Go(self.from_node))
