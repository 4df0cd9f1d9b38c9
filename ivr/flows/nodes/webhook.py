"""webhook: ask another program."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import ConfigDict, Field, JsonValue

from ivr.flows.actions import Action, Actions, Assign, Go
from ivr.flows.choice import NodeName
from ivr.flows.effects import CallWebhook
from ivr.flows.fill_in import fill_in_all, to_plain, variables_in
from ivr.flows.nodes.base import Use
from ivr.flows.nodes.effect_node import EffectNode
from ivr.flows.nodes.gather import VariableName
from ivr.flows.scene import Scene
from ivr.flows.variables import VariablePath, look_up, values_of

_ANSWER = ("result.answer",)


class WebhookNode(EffectNode):
    """Posts JSON to a configured endpoint, signed, and keeps parts of the JSON that comes back.

    `keep: {status: order.status}` keeps the answer's `order.status` as `own.status`. No answer in time, an
    answer that is no success, and one without a part that is to be kept all lead to `failed`. Secrets are no
    variables, so none can be sent. Whatever comes back counts as an account detail.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "webhook",
                "endpoint": "order-status",
                "send": {"order": "{{ gathered.order }}"},
                "keep": {"status": "order.status"},
                "answered": "say-status",
                "failed": "agent",
            }
        }
    )
    ways: ClassVar = ("answered", "failed")

    type: Literal["webhook"]
    endpoint: str = Field(pattern=r"^[a-z][a-z0-9-]{0,62}$", description="its name in the settings")
    send: dict[str, JsonValue] = Field(default_factory=dict, description="the JSON object, with variables")
    keep: dict[VariableName, VariablePath] = Field(
        default_factory=dict, description="variables of the flow's own, and where the answer has them"
    )
    timeout: float = Field(default=3.0, gt=0, le=15, description="seconds")
    answered: NodeName = Field(description="when all that is to be kept came back")
    failed: NodeName = Field(description="in any other case")

    def sets(self, way: str) -> tuple[str, ...]:
        """Return what is kept of an answer."""
        kept = tuple(f"own.{name}" for name in self.keep) if way == "answered" else ()
        return (*super().sets(way), *kept)

    def uses(self) -> tuple[Use, ...]:
        """Return the variables that are sent."""
        return tuple(Use(("send", name), v) for name, value in self.send.items() for v in variables_in(value))

    def effect(self, scene: Scene) -> CallWebhook:
        """Return the request."""
        filled = fill_in_all(self.send, scene.variables)
        send = {name: to_plain(value) for name, value in filled.items()}
        return CallWebhook(0, self.endpoint, send, self.timeout)

    def resulted(self, scene: Scene, result: str) -> Actions:
        """Keep what was asked for and go on."""
        if result == "timed_out":
            return (self.way("failed"),)
        if result != "answered":
            return (self.way(result),)
        answer = values_of(values_of(scene.variables, "result"), "answer")
        kept: list[Action] = []
        for name, path in self.keep.items():
            value = look_up(answer, path)
            if value is None:
                return (Go(self.failed),)
            kept.append(Assign(name, value, _ANSWER))
        return (*kept, Go(self.answered))

    def assigns(self) -> Mapping[str, tuple[str, ...]]:
        """Return what is kept."""
        return dict.fromkeys(self.keep, _ANSWER)
