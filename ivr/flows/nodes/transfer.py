"""transfer: to a person."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from ivr.errors import FlowError
from ivr.flows.actions import Actions, Answer, ForgetKeys, Go, Perform, Speak
from ivr.flows.choice import NodeName, PromptName
from ivr.flows.effects import Transfer
from ivr.flows.nodes.base import BaseNode, Edge, Mention
from ivr.flows.nodes.check_staffing import QueueName
from ivr.flows.scene import Scene
from ivr.flows.state import KeysDuring
from ivr.outcomes.response import Response


class TransferNode(BaseNode):
    """Hands the call to a queue of agents; whoever no agent took comes back to the flow."""

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
    queue: QueueName = Field(description="its name in the settings")
    done: NodeName = Field(description="after the talk with the agent")
    no_agent: NodeName = Field(description="when nobody is free")
    failed: NodeName = Field(description="when the queue could not be reached")

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

    def spoken(self, scene: Scene) -> Actions:  # noqa: ARG002 (there is one queue)
        """Transfer."""
        return (Perform(Transfer(0, self.queue)),)

    def resulted(self, scene: Scene, result: str) -> Actions:  # noqa: ARG002 (the result says all)
        """Go where the result leads."""
        match result:
            case "done":
                return (Answer(Response.TRANSFERRED, {"queue": self.queue}), Go(self.done))
            case "no_agent":
                return (Go(self.no_agent),)
            case "failed":
                return (Go(self.failed),)
        raise FlowError(f"a transfer can't end in {result!r}; its results are done, no_agent, failed")
