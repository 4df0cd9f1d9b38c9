"""Which queue a call belongs into, and how far ahead: by language, topic or whatever else is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from ivr.flows.condition import Condition
from ivr.flows.manners import Direction
from ivr.flows.nodes.base import Use
from ivr.flows.variables import Variables, look_up

QueueName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
"""A queue's name in the switch's configuration."""

Priority = Annotated[int, Field(ge=0, le=99)]
CALLED_AHEAD = 100
"""What somebody whom we called gets on top: they come before everybody who called us."""


class QueueRoute(BaseModel):
    """A condition, and the queue for whom it holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    when: Condition = Field(description="the condition")
    queue: QueueName = Field(description="the queue when it holds")
    priority: Priority = Field(default=0, description="who has more is taken first")


def route_uses(routes: Sequence[QueueRoute]) -> tuple[Use, ...]:
    """Return the variables of the routes' conditions."""
    return tuple(
        Use(("routes", index, "when"), variable)
        for index, route in enumerate(routes)
        for variable in route.when.variables()
    )


def route_for(
    routes: Sequence[QueueRoute], queue: str, priority: int, variables: Variables
) -> tuple[str, int]:
    """Return the queue of the first route that holds, else `queue`; and the priority of the call there."""
    for route in routes:
        if route.when.holds(variables):
            queue, priority = route.queue, route.priority
            break
    was_called = look_up(variables, "call.direction") == Direction.OUTBOUND.value
    return queue, priority + CALLED_AHEAD if was_called else priority
