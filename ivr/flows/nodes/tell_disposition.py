"""tell_disposition: an agent's word for how their last call ended."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import ConfigDict, Field, field_validator

from ivr.flows.choice import NodeName
from ivr.flows.effects import TellDisposition
from ivr.flows.nodes.effect_node import EffectNode
from ivr.flows.scene import Scene
from ivr.outcomes.agent_disposition import AgentDisposition

_TAKES_DETAILS = (AgentDisposition.PROMISE_TO_PAY, AgentDisposition.CALLBACK)


class TellDispositionNode(EffectNode):
    """Keeps an agent's word on the last call that they took, and does at once what it means.

    The agent is known by the telephone that the queue rang. `promise_to_pay` and `callback` take an amount, a
    day or a moment, and are told by a program instead.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "tell_disposition",
                "disposition": "deceased",
                "done": "kept",
                "no_call": "no-call",
                "failed": "not-kept",
            }
        }
    )
    ways: ClassVar = ("done", "no_call", "failed")

    type: Literal["tell_disposition"]
    disposition: AgentDisposition = Field(description="the word")
    done: NodeName = Field(description="when it is kept and done")
    no_call: NodeName = Field(description="when this telephone took no call in the last half hour")
    failed: NodeName = Field(description="when it could not be kept: nobody knows who called, perhaps")

    @field_validator("disposition")
    @classmethod
    def _takes_no_details(cls, word: AgentDisposition) -> AgentDisposition:
        if word in _TAKES_DETAILS:
            raise ValueError(f"{word} takes details, which nobody is asked for here; choose another word")
        return word

    def effect(self, scene: Scene) -> TellDisposition:  # noqa: ARG002 (the word is the flow's)
        """Return what the host is asked for."""
        return TellDisposition(0, self.disposition)
