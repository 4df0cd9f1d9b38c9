"""tell_disposition: an agent's word for how their last call ended."""

from __future__ import annotations

from datetime import date, time
from typing import ClassVar, Literal

from pydantic import ConfigDict, Field, model_validator

from ivr.flows.choice import NodeName
from ivr.flows.effects import TellDisposition
from ivr.flows.nodes.base import Use
from ivr.flows.nodes.effect_node import EffectNode
from ivr.flows.scene import Scene
from ivr.flows.variables import VariablePath, look_up
from ivr.outcomes.agent_disposition import AgentDisposition

_NEEDS = {AgentDisposition.PROMISE_TO_PAY: "day", AgentDisposition.CALLBACK: "time"}
"""What a word can't be without."""
_BELONG_TO = {
    "amount": AgentDisposition.PROMISE_TO_PAY,
    "day": AgentDisposition.PROMISE_TO_PAY,
    "time": AgentDisposition.CALLBACK,
}


class TellDispositionNode(EffectNode):
    """Keeps an agent's word on the last call that they took, and does at once what it means.

    The agent is known by the telephone that the queue rang. `promise_to_pay` takes a `day`, and an `amount`
    in whole units of the account's currency (without it, or 0: all that is due); `callback` takes a `time`.
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
    amount: VariablePath | None = Field(
        default=None, description="of a promise: the variable with the digits that were keyed"
    )
    day: VariablePath | None = Field(default=None, description="of a promise: the variable with the day")
    time: VariablePath | None = Field(
        default=None, description="of a call-back: the variable with the time, on the customer's clock"
    )
    done: NodeName = Field(description="when it is kept and done")
    no_call: NodeName = Field(description="when this telephone took no call in the last half hour")
    failed: NodeName = Field(description="when it could not be kept: nobody knows who called, perhaps")

    @model_validator(mode="after")
    def _brings_what_its_word_takes(self) -> TellDispositionNode:
        needed = _NEEDS.get(self.disposition)
        if needed is not None and getattr(self, needed) is None:
            raise ValueError(f"{self.disposition} says nothing without a {needed}; give it `{needed}:`")
        for name, word in _BELONG_TO.items():
            if getattr(self, name) is not None and self.disposition is not word:
                raise ValueError(f"`{name}:` belongs to {word}; remove it")
        return self

    def uses(self) -> tuple[Use, ...]:
        """Return the variables of its details."""
        given = ((name, getattr(self, name)) for name in _BELONG_TO)
        return tuple(Use((name,), path) for name, path in given if path is not None)

    def effect(self, scene: Scene) -> TellDisposition:
        """Return what the host is asked for."""
        units, day, at = (
            None if path is None else look_up(scene.variables, path)
            for path in (self.amount, self.day, self.time)
        )
        return TellDisposition(
            0,
            self.disposition,
            units if isinstance(units, str) else None,
            day.isoformat() if isinstance(day, date) else None,
            f"{at:%H:%M}" if isinstance(at, time) else None,
        )
