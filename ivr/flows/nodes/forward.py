"""forward: pass the alert on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import ConfigDict, Field

from ivr.errors import FlowError
from ivr.flows.actions import Actions, Answer, Go, Perform
from ivr.flows.choice import NodeName
from ivr.flows.effects import ForwardAlert
from ivr.flows.keyed_form import Form
from ivr.flows.nodes.asking import Ask, AskingNode
from ivr.flows.nodes.base import Edge, Mention, Use
from ivr.flows.nodes.gather import VariableName
from ivr.flows.nodes.promise import ReadBackQuestion
from ivr.flows.scene import Scene
from ivr.flows.variables import look_up
from ivr.outcomes.response import Response

NUMBER = "forward_number"


class ForwardNode(AskingNode):
    """Passes the alert on to a telephone number that is keyed in and read back.

    The comment that goes with it is recorded before, by a `record` node; `comment` names its variable.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "forward",
                "number": {"prompt": "ask-number", "read_back": "you-said-number"},
                "comment": "comment",
                "done": "forwarded",
                "refused": "forward-refused",
                "failed": "forward-failed",
            }
        }
    )

    type: Literal["forward"]
    number: ReadBackQuestion = Field(description="asks for the telephone number")
    comment: VariableName | None = Field(default=None, description="the variable of a `record` node")
    done: NodeName = Field(description="when it is forwarded")
    refused: NodeName = Field(description="when a rule of the land, or the number, forbids it")
    failed: NodeName = Field(description="when it could not be forwarded")

    @property
    def reads_back(self) -> bool:
        """Whether what was keyed is said and asked about: always."""
        return True

    def edges(self) -> tuple[Edge, ...]:
        """Return where results, silence and wrong answers lead."""
        results = ("done", "refused", "failed")
        sets = ("result", f"gathered.{NUMBER}")
        return (*(Edge((name,), getattr(self, name), sets=sets) for name in results), *super().edges())

    def mentions(self) -> tuple[Mention, ...]:
        """Return what is said."""
        return (*self.number.mentions("number", f"gathered.{NUMBER}"), *super().mentions())

    def opening(self) -> tuple[str, ...]:
        """Return the question."""
        return (self.number.prompt,)

    def uses(self) -> tuple[Use, ...]:
        """Return the comment's variable."""
        return () if self.comment is None else (Use(("comment",), f"gathered.{self.comment}"),)

    def asks(self, scene: Scene) -> Sequence[Ask]:  # noqa: ARG002 (there is one number)
        """Return the number."""
        return (Ask(NUMBER, self.number.prompt, 7, 18, Form.TELEPHONE, self.number.read_back),)

    def completed(self, scene: Scene) -> Actions:
        """Pass it on."""
        number = look_up(scene.variables, f"gathered.{NUMBER}")
        return (Perform(ForwardAlert(0, str(number), self._comment(scene))),)

    def _comment(self, scene: Scene) -> str | None:
        comment = look_up(scene.variables, f"gathered.{self.comment}") if self.comment else None
        return comment if isinstance(comment, str) else None

    def resulted(self, scene: Scene, result: str) -> Actions:
        """Say what the result means, and go where it leads."""
        match result:
            case "done":
                comment = self._comment(scene)
                return (Answer(Response.FORWARDED, {"comment": comment} if comment else {}), Go(self.done))
            case "refused":
                return (Go(self.refused),)
            case "failed":
                return (Go(self.failed),)
        raise FlowError(f"forwarding can't end in {result!r}; its results are {ForwardAlert.results}")
