"""gather: take several digits."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from ivr.flows.actions import Actions, Go
from ivr.flows.choice import NodeName, PromptName
from ivr.flows.keyed_form import Form
from ivr.flows.nodes.amount_limits import AmountLimits
from ivr.flows.nodes.asking import Ask, AskingNode
from ivr.flows.nodes.base import Edge, Mention, Use
from ivr.flows.scene import Scene

VariableName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]


class Length(BaseModel):
    """How many digits are taken; `4` stands for exactly four."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    least: int = Field(default=1, ge=1, le=32, description="digits at least")
    most: int = Field(ge=1, le=32, description="digits at most")

    @model_validator(mode="after")
    def _least_fits_most(self) -> Length:
        if self.least > self.most:
            raise ValueError(f"at least {self.least} digits can't be at most {self.most}; exchange the two")
        return self


def _exactly(value: object) -> object:
    if isinstance(value, dict | Length):
        return value
    if type(value) is int:
        return {"least": value, "most": value}
    raise ValueError(f"{value!r} is no number of digits; write 4, or {{least: 1, most: 4}}")


Digits = Annotated[Length, BeforeValidator(_exactly)]
"""How many digits: `4`, or `{least: 1, most: 4}`."""


class GatherNode(AskingNode):
    """Takes digits until there are enough, the terminator is pressed, or a pause follows enough of them.

    They are kept as `gathered.<variable>`, read as what `form` says; an amount beyond its `limits` is asked
    for again, like a wrong answer. Those of a secret (PIN, card number) are kept in memory only, for the node
    that follows: no prompt, condition, log or stored state ever has them.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "gather",
                "prompt": "ask-days",
                "variable": "days",
                "length": {"least": 1, "most": 2},
                "read_back": "you-said-days",
                "next": "promised",
            }
        }
    )

    hands_secrets_on: ClassVar[bool] = True

    type: Literal["gather"]
    prompt: PromptName = Field(description="asks for the digits")
    variable: VariableName = Field(description="they are `gathered.<variable>`")
    length: Digits = Field(description="how many digits: `4`, or `{least: 1, most: 4}`")
    form: Form = Field(default=Form.DIGITS, description="what the digits are read as")
    limits: AmountLimits | None = Field(default=None, description="of an amount; with `form: amount`")
    read_back: PromptName | None = Field(
        default=None, description="says what was understood and asks whether it is right"
    )
    secret: bool = Field(default=False, description="whether they stay in memory, for the next node only")
    next: NodeName = Field(description="once they are taken")

    @model_validator(mode="after")
    def _a_secret_is_only_digits(self) -> GatherNode:
        if self.secret and self.read_back is not None:
            raise ValueError("a secret is never read back; remove `read_back:` or `secret:`")
        if self.secret and self.form is not Form.DIGITS:
            raise ValueError(f"a secret is never read, as {self.form} neither; remove `form:` or `secret:`")
        return self

    @model_validator(mode="after")
    def _limits_are_of_an_amount(self) -> GatherNode:
        if self.limits is not None and self.form is not Form.AMOUNT:
            raise ValueError(f"limits are for amounts, and this takes {self.form}; write `form: amount`")
        return self

    @property
    def asks_for_secret(self) -> bool:
        """Whether what is keyed here is kept in memory only."""
        return self.secret

    @property
    def takes_amount(self) -> bool:
        """Whether an amount is asked for."""
        return self.form is Form.AMOUNT

    @property
    def reads_back(self) -> bool:
        """Whether what was keyed is said and asked about."""
        return self.read_back is not None

    def edges(self) -> tuple[Edge, ...]:
        """Return where the digits, silence and wrong answers lead."""
        sets = () if self.secret else (f"gathered.{self.variable}",)
        return (Edge(("next",), self.next, sets=sets), *super().edges())

    def mentions(self) -> tuple[Mention, ...]:
        """Return what is said."""
        read_back = (
            ()
            if self.read_back is None
            else (Mention(("read_back",), self.read_back, knows=(f"gathered.{self.variable}",)),)
        )
        return (Mention(("prompt",), self.prompt), *read_back, *super().mentions())

    def uses(self) -> tuple[Use, ...]:
        """Return the variables of the limits."""
        limits = () if self.limits is None else self.limits.variables()
        return tuple(Use(("limits", field), variable) for field, variable in limits)

    def opening(self) -> tuple[str, ...]:
        """Return the question."""
        return (self.prompt,)

    def asks(self, scene: Scene) -> Sequence[Ask]:  # noqa: ARG002 (there is one number)
        """Return the number that is asked for."""
        return self._asks

    @cached_property
    def _asks(self) -> Sequence[Ask]:
        length = self.length
        ask = Ask(
            self.variable, self.prompt, length.least, length.most, self.form, self.read_back, self.secret
        )
        return (ask,)

    def accepts(self, scene: Scene, ask: Ask, value: object) -> bool:  # noqa: ARG002 (there is one number)
        """Say whether an amount is within its limits."""
        return self.limits is None or self.limits.take(scene.variables, value)

    def currency(self, scene: Scene) -> str | None:
        """Return that of the limits."""
        return None if self.limits is None else self.limits.currency(scene.variables)

    def completed(self, scene: Scene) -> Actions:  # noqa: ARG002 (there is one way on)
        """Go on."""
        return self._way_on

    @cached_property
    def _way_on(self) -> Actions:
        return (Go(self.next),)
