"""invite_monthly: be invited to pay every month."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import ConfigDict, Field

from ivr.flows.actions import Actions, Go
from ivr.flows.choice import NodeName
from ivr.flows.effects import InviteMonthly
from ivr.flows.nodes.base import Use
from ivr.flows.nodes.effect_node import EffectNode
from ivr.flows.scene import Scene
from ivr.flows.variables import VariablePath, look_up
from ivr.prompts.content_tier import ContentTier


class InviteMonthlyNode(EffectNode):
    """Writes down that the customer wants to be invited every month to pay what is due on the account.

    A menu comes before it that says so. On the day an invitation goes by `medium`: a message with a link, or
    a call by the rule that looks for `event.payment_invitation`. It takes the place of an earlier one.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "invite_monthly",
                "day": "own.invitation_day",
                "medium": "sms",
                "done": "invited",
                "failed": "not-noted",
            }
        }
    )
    ways: ClassVar = ("done", "failed")
    least_tier: ClassVar[ContentTier] = ContentTier.CONFIRMED

    type: Literal["invite_monthly"]
    day: VariablePath = Field(description="the variable with the day of the month, 1 to 28")
    medium: Literal["voice", "sms", "email"] = Field(default="voice", description="by what")
    done: NodeName = Field(description="when it is written down")
    failed: NodeName = Field(description="when it could not be, or there is no such day")

    def uses(self) -> tuple[Use, ...]:
        """Return the variable of the day."""
        return (Use(("day",), self.day),)

    def enter(self, scene: Scene) -> Actions:
        """Ask the host, where it is a day that every month has."""
        return (Go(self.failed),) if self._day(scene) is None else super().enter(scene)

    def effect(self, scene: Scene) -> InviteMonthly:
        """Return what the host is asked for."""
        account = str(look_up(scene.variables, "account.id") or "")
        return InviteMonthly(0, account, self._day(scene) or 1, self.medium)

    def _day(self, scene: Scene) -> int | None:
        written = str(look_up(scene.variables, self.day))
        day = int(written) if written.isascii() and written.isdigit() else 0
        return day if 1 <= day <= 28 else None
