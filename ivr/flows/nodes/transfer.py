"""transfer: to a queue of agents, to a telephone number, or to an IVR outside."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from ivr.errors import FlowError
from ivr.flows.actions import Actions, Answer, ForgetKeys, Go, Log, Perform, Speak
from ivr.flows.choice import NodeName, PromptName
from ivr.flows.effects import Transfer, TransferOut
from ivr.flows.nodes.base import BaseNode, Edge, Mention, Use
from ivr.flows.nodes.queue_route import Priority, QueueName, QueueRoute, route_for, route_uses
from ivr.flows.scene import Scene
from ivr.flows.state import KeysDuring
from ivr.flows.variables import VariablePath, look_up
from ivr.outcomes.response import Response

OutsideNumber = Annotated[str, StringConstraints(pattern=r"^\+[1-9][0-9]{6,14}$")]
"""E.164, in quotes: YAML takes `+1…` for a number and drops the plus."""
_REFERENCE = re.compile(r"[A-Za-z0-9._~-]{1,64}\Z", re.ASCII)
"""What goes into a SIP header unchanged, and ends no header."""


class OutsideIvr(BaseModel):
    """Another IVR, and what it is told about the call."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: OutsideNumber = Field(description='its telephone number: `"+12025550100"`')
    reference: VariablePath = Field(
        description="the variable whose value it gets as the SIP header `X-Reference`: letters, digits, -._~"
    )


class TransferNode(BaseNode):
    """Hands the call to a queue of agents, a number or an IVR outside; whoever was not taken comes back.

    A number is dialled only where a call of ours might ring it.

    A reference that is empty, or that no SIP header can carry, leads to `failed`.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "transfer",
                "prompt": "agent-connecting",
                "queue": "collections",
                "done": "agent-done",
                "no_agent": "agent-none-free",
                "failed": "agent-none-free",
            }
        }
    )

    type: Literal["transfer"]
    prompt: PromptName | None = Field(default=None, description="said before")
    queue: QueueName | None = Field(
        default=None, description="a queue of agents, by its name in the settings"
    )
    priority: Priority = Field(default=0, description="in the queue: who has more is taken first")
    routes: tuple[QueueRoute, ...] = Field(
        default=(), description="other queues for some calls: the first whose `when` holds"
    )
    number: OutsideNumber | None = Field(default=None, description='or a telephone number: `"+12025550100"`')
    ivr: OutsideIvr | None = Field(default=None, description="or an IVR outside")
    done: NodeName = Field(description="after the talk")
    no_agent: NodeName = Field(description="when nobody is free, or answers")
    failed: NodeName = Field(description="when it could not be reached, or may not be dialled")

    @model_validator(mode="after")
    def _goes_to_one_place(self) -> TransferNode:
        if [self.queue, self.number, self.ivr].count(None) != 2:
            raise ValueError("a transfer goes to one place; write one of `queue:`, `number:` and `ivr:`")
        if self.queue is None and (self.routes or self.priority):
            raise ValueError("`routes:` and `priority:` are for queues; add `queue:`, or remove them")
        return self

    def _place(self, scene: Scene) -> Mapping[str, str]:
        """Return where it went, as the response's details have it."""
        return {"number": str(self.outside)} if self.queue is None else {"queue": self._route(scene)[0]}

    def _route(self, scene: Scene) -> tuple[str, int]:
        return route_for(self.routes, str(self.queue), self.priority, scene.variables)

    @property
    def outside(self) -> str | None:
        """The number outside that it is to, if it is to none of our queues."""
        return self.number if self.ivr is None else self.ivr.number

    def uses(self) -> tuple[Use, ...]:
        """Return the variables of the routes, or that of the reference."""
        return (
            route_uses(self.routes) if self.ivr is None else (Use(("ivr", "reference"), self.ivr.reference),)
        )

    def edges(self) -> tuple[Edge, ...]:
        """Return where each result leads."""
        return (
            Edge(("done",), self.done, sets=("result",)),
            Edge(("no_agent",), self.no_agent, sets=("result",)),
            Edge(("failed",), self.failed, sets=("result",)),
        )

    def mentions(self) -> tuple[Mention, ...]:
        """Return what is said before."""
        return () if self.prompt is None else (Mention(("prompt",), self.prompt),)

    def enter(self, scene: Scene) -> Actions:
        """Announce it, or transfer at once. Keys pressed before the agent mean nothing after."""
        if self.prompt is None:
            return (ForgetKeys(), *self.spoken(scene))
        return (ForgetKeys(), Speak((self.prompt,), KeysDuring.IGNORE))

    def spoken(self, scene: Scene) -> Actions:
        """Transfer."""
        if self.queue is not None:
            queue, priority = self._route(scene)
            return (Perform(Transfer(0, queue, priority)),)
        if self.ivr is None:
            return (Perform(TransferOut(0, str(self.outside))),)
        reference = str(look_up(scene.variables, self.ivr.reference) or "")
        if not _REFERENCE.match(reference):
            return (Log("reference_unfit", {"variable": self.ivr.reference}), Go(self.failed))
        return (Perform(TransferOut(0, str(self.outside), reference)),)

    def resulted(self, scene: Scene, result: str) -> Actions:
        """Go where the result leads."""
        match result:
            case "done":
                return (Answer(Response.TRANSFERRED, self._place(scene)), Go(self.done))
            case "no_agent":
                return (Go(self.no_agent),)
            case "failed":
                return (Go(self.failed),)
        raise FlowError(f"a transfer can't end in {result!r}; its results are done, no_agent, failed")
