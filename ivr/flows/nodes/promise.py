"""promise: an amount, and the day on which it will be paid."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from ivr.flows.actions import Actions, Answer, Go
from ivr.flows.choice import NodeName, PromptName
from ivr.flows.keyed_form import Form
from ivr.flows.nodes.asking import Ask, AskingNode
from ivr.flows.nodes.base import Edge, Mention, Use
from ivr.flows.promise_check import promise_limits
from ivr.flows.scene import Scene
from ivr.flows.variables import VariablePath, look_up
from ivr.money import Money
from ivr.outcomes.response import Response
from ivr.prompts.content_tier import ContentTier

AMOUNT = "promised_amount"
DAY = "promised_day"


class ReadBackQuestion(BaseModel):
    """A question whose answer is always read back."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    prompt: PromptName = Field(description="asks")
    read_back: PromptName = Field(description="says what was understood and asks whether it is right")

    def mentions(self, field: str, *knows: str) -> tuple[Mention, ...]:
        """Return the two prompts of this field of a node; `knows` is what the second can speak of."""
        return (
            Mention((field, "prompt"), self.prompt),
            Mention((field, "read_back"), self.read_back, knows=knows),
        )


class PromiseNode(AskingNode):
    """Takes a promise to pay by keypad: amount (`point` marks the cents) and day, within the rule's limits.

    Each is read back, as `gathered.promised_amount` and `gathered.promised_day`, and kept only when the
    person says that it is right; what is beyond the limits is asked for again, like a wrong answer.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "promise",
                "amount": {"prompt": "ask-amount", "read_back": "you-said-amount"},
                "day": {"prompt": "ask-day", "read_back": "you-said-day"},
                "next": "promised",
                "no_match": {"prompt": "promise-limits", "to": "agent"},
            }
        }
    )
    least_tier: ClassVar[ContentTier] = ContentTier.CONFIRMED

    type: Literal["promise"]
    amount: ReadBackQuestion = Field(description="asks for the amount")
    day: ReadBackQuestion = Field(description="asks for the day")
    day_form: Literal[Form.MONTH_DAY, Form.DAY_MONTH] = Field(
        default=Form.MONTH_DAY, description="in which order day and month are keyed"
    )
    least_amount: VariablePath | None = Field(
        default=None, description="the variable with a least amount, where more is wanted than the rule asks"
    )
    most_amount: VariablePath = Field(
        default="account.amount_due", description="the variable with the highest amount"
    )
    most_days: int | None = Field(
        default=None, ge=0, le=365, description="days from today, where fewer are wanted than the rule allows"
    )
    next: NodeName = Field(description="once both are right")

    @property
    def takes_amount(self) -> bool:
        """Whether an amount is asked for: always."""
        return True

    @property
    def reads_back(self) -> bool:
        """Whether what was keyed is said and asked about: always."""
        return True

    def edges(self) -> tuple[Edge, ...]:
        """Return where the promise, silence and wrong answers lead."""
        sets = (f"gathered.{AMOUNT}", f"gathered.{DAY}")
        return (Edge(("next",), self.next, sets=sets), *super().edges())

    def responses(self) -> tuple[Response, ...]:
        """Return a promise."""
        return (Response.PROMISED,)

    def mentions(self) -> tuple[Mention, ...]:
        """Return what is said."""
        amount = self.amount.mentions("amount", f"gathered.{AMOUNT}")
        day = self.day.mentions("day", f"gathered.{AMOUNT}", f"gathered.{DAY}")
        return (*amount, *day, *super().mentions())

    def opening(self) -> tuple[str, ...]:
        """Return the first question."""
        return (self.amount.prompt,)

    def uses(self) -> tuple[Use, ...]:
        """Return the variables of the limits."""
        least = () if self.least_amount is None else (Use(("least_amount",), self.least_amount),)
        return (*least, Use(("most_amount",), self.most_amount))

    def asks(self, scene: Scene) -> Sequence[Ask]:  # noqa: ARG002 (always both)
        """Return amount and day."""
        return (
            Ask(AMOUNT, self.amount.prompt, 1, 10, Form.AMOUNT, self.amount.read_back),
            Ask(DAY, self.day.prompt, 4, 4, self.day_form, self.day.read_back),
        )

    def accepts(self, scene: Scene, ask: Ask, value: object) -> bool:
        """Say whether it is within the limits; without the variable of a limit nothing is."""
        if ask.variable == AMOUNT:
            return isinstance(value, Money) and self._accepts_amount(scene, value)
        today, limits = scene.variables.get("today"), promise_limits(scene.variables)
        if not isinstance(value, date) or not isinstance(today, date) or limits is None:
            return False
        days = limits.most_days if self.most_days is None else min(limits.most_days, self.most_days)
        return value - today <= timedelta(days=days)

    def _accepts_amount(self, scene: Scene, value: Money) -> bool:
        most = look_up(scene.variables, self.most_amount)
        if not isinstance(most, Money) or most.currency != value.currency or value.minor > most.minor:
            return False
        limits = promise_limits(scene.variables)
        if limits is None or value.minor <= 0 or value.minor < limits.least.minor:
            return False
        if self.least_amount is None:
            return True
        least = look_up(scene.variables, self.least_amount)
        return isinstance(least, Money) and least.currency == value.currency and value.minor >= least.minor

    def completed(self, scene: Scene) -> Actions:
        """Record the promise and go on."""
        amount = look_up(scene.variables, f"gathered.{AMOUNT}")
        day = look_up(scene.variables, f"gathered.{DAY}")
        details = {
            "amount_minor": amount.minor if isinstance(amount, Money) else 0,
            "currency": amount.currency if isinstance(amount, Money) else "",
            "on": str(day),
        }
        return (Answer(Response.PROMISED, details), Go(self.next))
