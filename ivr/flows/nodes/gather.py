"""gather: take several digits."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from ivr.flows.actions import Actions, Collect, Go, Keep, Listen, Record
from ivr.flows.choice import Key, NodeName
from ivr.flows.nodes.base import Edge
from ivr.flows.nodes.question import QuestionNode
from ivr.flows.scene import Scene

_BEGIN_ANEW = "*"


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


class GatherNode(QuestionNode):
    """Takes digits until there are enough, the terminator is pressed, or a pause follows enough of them.

    They are kept as `gathered.<variable>`. Those of a secret (PIN, card number) are kept in memory only, for
    the node that follows: no prompt, condition, log or stored state ever has them. `*` begins anew.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "gather",
                "prompt": "ask-days",
                "variable": "days",
                "length": {"least": 1, "most": 2},
                "next": "promised",
            }
        }
    )

    type: Literal["gather"]
    variable: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
    length: Annotated[Length, BeforeValidator(_exactly)]
    terminator: Key | None = Field(default="#", description="the key that ends it early")
    first_key: float | None = Field(default=None, gt=0, le=60, description="seconds, if not the flow's")
    between_keys: float | None = Field(default=None, gt=0, le=30, description="seconds, if not the flow's")
    secret: bool = False
    next: NodeName

    @model_validator(mode="after")
    def _terminator_is_no_digit(self) -> GatherNode:
        if self.terminator is not None and self.terminator.isdigit():
            raise ValueError(f"terminator {self.terminator} is a digit itself; use # or *")
        return self

    def edges(self) -> tuple[Edge, ...]:
        """Return where the digits, silence and wrong answers lead."""
        sets = () if self.secret else (f"gathered.{self.variable}",)
        return (Edge(("next",), self.next, sets=sets), *super().edges())

    def spoken(self, scene: Scene) -> Actions:
        """Wait for the first digit."""
        return (Listen(self.first_key or scene.manners.first_key),)

    def pressed(self, scene: Scene, digit: str) -> Actions:
        """Take a key."""
        if digit == self.terminator:
            return self._ended(scene, len(scene.digits))
        if digit == _BEGIN_ANEW:
            return (Collect(None), self.asked())
        if not digit.isdigit():
            return self.mismatched(scene)
        count = len(scene.digits) + 1
        if count == self.length.most:
            return (Collect(digit), *self._ended(scene, count))
        return (Collect(digit), Listen(self.between_keys or scene.manners.between_keys))

    def silent(self, scene: Scene) -> Actions:
        """End the number after a pause, or ask again when there is none."""
        return self._ended(scene, len(scene.digits)) if scene.digits else super().silent(scene)

    def _ended(self, scene: Scene, count: int) -> Actions:
        if count < self.length.least:
            return self.mismatched(scene)
        record = Record("gathered", {"variable": self.variable, "count": count})
        return (record, Keep(self.variable, self.secret), Go(self.next))
