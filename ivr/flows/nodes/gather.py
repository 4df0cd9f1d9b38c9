"""gather: take several digits."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from ivr.flows.actions import Actions, Go
from ivr.flows.choice import NodeName, PromptName
from ivr.flows.keyed_form import Form
from ivr.flows.nodes.asking import Ask, AskingNode
from ivr.flows.nodes.base import Edge, Mention
from ivr.flows.scene import Scene

VariableName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]


class Length(BaseModel):
    """How many digits are taken; `4` stands for exactly four."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    least: int = Field(default=1, ge=1, le=32)
    most: int = Field(ge=1, le=32)

    @model_validator(mode="after")
    def _least_fits_most(self) -> Length:
        if self.least > self.most:
            raise ValueError(f"at least {self.least} digits can't be at most {self.most}; exchange the two")
        return self


def _exactly(value: object) -> object:
    return {"least": value, "most": value} if isinstance(value, int) else value


Digits = Annotated[Length, BeforeValidator(_exactly)]
"""How many digits: `4`, or `{least: 1, most: 4}`."""


class GatherNode(AskingNode):
    """Takes digits until there are enough, the terminator is pressed, or a pause follows enough of them.

    They are kept as `gathered.<variable>`, read as what `form` says. Those of a secret (PIN, card number) are
    kept in memory only, for the node that follows: no prompt, condition, log or stored state ever has them.
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

    type: Literal["gather"]
    prompt: PromptName
    variable: VariableName
    length: Digits
    form: Form = Field(default=Form.DIGITS, description="what the digits are read as")
    read_back: PromptName | None = Field(
        default=None, description="says what was understood and asks whether it is right"
    )
    secret: bool = False
    next: NodeName

    @model_validator(mode="after")
    def _a_secret_is_only_digits(self) -> GatherNode:
        if self.secret and self.read_back is not None:
            raise ValueError("a secret is never read back; remove `read_back:` or `secret:`")
        if self.secret and self.form is not Form.DIGITS:
            raise ValueError(f"a secret is never read, as {self.form} neither; remove `form:` or `secret:`")
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

    def completed(self, scene: Scene) -> Actions:  # noqa: ARG002 (there is one way on)
        """Go on."""
        return (Go(self.next),)
