"""choose_alert: what a customer wants to hear of, and when."""

from __future__ import annotations

from datetime import time
from typing import ClassVar, Literal

from pydantic import ConfigDict, Field, model_validator

from ivr.flows.actions import Actions, Bring
from ivr.flows.choice import NodeName
from ivr.flows.effects import ChooseAlert
from ivr.flows.nodes.base import Use
from ivr.flows.nodes.effect_node import EffectNode
from ivr.flows.scene import Scene
from ivr.flows.variables import VariablePath, look_up
from ivr.money import Money
from ivr.prompts.content_tier import ContentTier


class ChooseAlertNode(EffectNode):
    """Keeps what a customer chose about the alert that `next_alert` came to: an amount, a time, on or off.

    It counts at once, and only for this customer.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "choose_alert",
                "threshold": "gathered.least",
                "done": "noted",
                "refused": "not-offered",
                "failed": "not-noted",
            }
        }
    )
    ways: ClassVar = ("done", "refused", "failed")
    least_tier: ClassVar[ContentTier] = ContentTier.CONFIRMED

    type: Literal["choose_alert"]
    threshold: VariablePath | None = Field(
        default=None, description="the variable that holds the amount; one of the three is given"
    )
    at: VariablePath | None = Field(default=None, description="the variable that holds the time of day")
    wanted: bool | None = Field(default=None, description="whether they want to hear of it")
    done: NodeName = Field(description="when it is kept")
    refused: NodeName = Field(description="when the rule does not leave this to the customer")
    failed: NodeName = Field(description="when it could not be kept")

    @model_validator(mode="after")
    def _chooses_one_thing(self) -> ChooseAlertNode:
        if [self.threshold, self.at, self.wanted].count(None) != 2:
            raise ValueError("it keeps one thing; give one of `threshold:`, `at:` and `wanted:`")
        return self

    def uses(self) -> tuple[Use, ...]:
        """Return the variables that hold what was chosen."""
        fields = (("threshold", self.threshold), ("at", self.at))
        return tuple(Use((field,), path) for field, path in fields if path is not None)

    def sets(self, way: str) -> tuple[str, ...]:  # noqa: ARG002 (it takes the place of what every call has)
        """Return nothing new."""
        return ()

    def resulted(self, scene: Scene, result: str) -> Actions:  # noqa: ARG002 (the host says what to speak of)
        """Speak of what is chosen by now."""
        return (Bring(), self.way(result)) if result == "done" else (self.way(result),)

    def effect(self, scene: Scene) -> ChooseAlert:
        """Return what is to be kept."""
        rule = look_up(scene.variables, "choice.rule")
        amount, at = (
            None if path is None else look_up(scene.variables, path) for path in (self.threshold, self.at)
        )
        return ChooseAlert(
            0,
            rule if isinstance(rule, str) else "",
            amount if isinstance(amount, Money) else None,
            f"{at:%H:%M}" if isinstance(at, time) else None,
            self.wanted,
        )
