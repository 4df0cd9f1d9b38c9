"""authorise: agree to have what is due charged every month."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field

from ivr.flows.choice import NodeName
from ivr.flows.effects import AuthorisePayments
from ivr.flows.nodes.base import Use
from ivr.flows.nodes.effect_node import EffectNode
from ivr.flows.scene import Scene
from ivr.flows.variables import VariablePath, look_up
from ivr.payments.authorisation import AmountTerms
from ivr.prompts.content_tier import ContentTier


class AuthoriseNode(EffectNode):
    """Writes down that the customer agrees to automatic payments of the account, with their own voice.

    A menu comes before it that says amount, day and how to end it, and a `record` node that keeps the voice.
    What is charged on the day is what is due then. It takes the place of an earlier one for the account.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "authorise",
                "method": "payment_method",
                "recording": "gathered.agreed",
                "day": 15,
                "terms": "due",
                "done": "agreed",
                "failed": "agent",
            }
        }
    )
    ways: ClassVar = ("done", "failed")
    least_tier: ClassVar[ContentTier] = ContentTier.VERIFIED

    type: Literal["authorise"]
    method: VariablePath = Field(default="payment_method", description="the variable with the method")
    recording: VariablePath = Field(description="the variable that a `record` node kept the voice as")
    day: Annotated[int, Field(ge=1, le=28)] = Field(description="of each month")
    terms: AmountTerms = Field(
        default=AmountTerms.DUE, description="`due`: all that is due then; `minimum`: the least that is"
    )
    done: NodeName = Field(
        description="when it is written down; `result.in_writing` says whether a copy comes"
    )
    failed: NodeName = Field(description="when there is no method, or it could not be written down")

    def uses(self) -> tuple[Use, ...]:
        """Return the variables of method and voice."""
        return (Use(("method",), self.method), Use(("recording",), self.recording))

    def effect(self, scene: Scene) -> AuthorisePayments:
        """Return what the host is asked for."""
        account, method, voice = (
            str(look_up(scene.variables, path) or "")
            for path in ("account.id", f"{self.method}.id", self.recording)
        )
        return AuthorisePayments(0, account, method, voice, self.terms, self.day)
