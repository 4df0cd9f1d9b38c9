"""What send_sms and send_email share."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field, JsonValue

from ivr.flows.actions import Go
from ivr.flows.choice import NodeName
from ivr.flows.effects import SendMessage
from ivr.flows.fill_in import fill_in_all, to_plain, variables_in
from ivr.flows.nodes.base import Use
from ivr.flows.nodes.effect_node import EffectNode
from ivr.flows.scene import Scene


class SendingNode(EffectNode):
    """Sends a message template to the customer while the call goes on."""

    medium: ClassVar[Literal["sms", "email"]]
    ways: ClassVar = ("sent", "failed")

    message: str = Field(pattern=r"^[a-z][a-z0-9-]{0,62}$", description="the message template's name")
    values: dict[str, JsonValue] = Field(
        default_factory=dict, description="what the template gets besides, with variables"
    )
    sent: NodeName = Field(description="once it is on its way; delivery is not waited for")
    failed: NodeName = Field(description="when no address may be used, or it can't be sent at all")

    def uses(self) -> tuple[Use, ...]:
        """Return the variables that are sent."""
        sent = self.values.items()
        return tuple(Use(("values", name), v) for name, value in sent for v in variables_in(value))

    def effect(self, scene: Scene) -> SendMessage:
        """Return the message."""
        filled = fill_in_all(self.values, scene.variables)
        values = {name: to_plain(value) for name, value in filled.items()}
        return SendMessage(0, self.medium, self.message, values)

    def way(self, result: str) -> Go:
        """Return where a result leads."""
        return super().way("failed" if result == "no_address" else result)
