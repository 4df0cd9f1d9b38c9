"""forward_link: give the customer a link that they pass on themselves."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import ConfigDict, Field

from ivr.flows.actions import Actions, Answer
from ivr.flows.choice import NodeName
from ivr.flows.effects import ForwardAlert
from ivr.flows.nodes.base import Use
from ivr.flows.nodes.effect_node import EffectNode
from ivr.flows.nodes.gather import VariableName
from ivr.flows.scene import Scene
from ivr.flows.variables import look_up
from ivr.outcomes.response import Response


class ForwardLinkNode(EffectNode):
    """Sends the customer a link that they give to whomever they like: we reach nobody else.

    `comment` names the variable of a `record` node, whose recording can be heard on the link's page.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "forward_link",
                "comment": "comment",
                "done": "forward-link-sent",
                "refused": "forward-refused",
                "failed": "forward-failed",
            }
        }
    )

    ways: ClassVar = ("done", "refused", "failed")

    type: Literal["forward_link"]
    comment: VariableName | None = Field(default=None, description="the variable of a `record` node")
    done: NodeName = Field(description="when the link is on its way to the customer")
    refused: NodeName = Field(description="when a rule of the land forbids it")
    failed: NodeName = Field(description="when it could not be sent")

    def uses(self) -> tuple[Use, ...]:
        """Return the comment's variable."""
        return () if self.comment is None else (Use(("comment",), f"gathered.{self.comment}"),)

    def effect(self, scene: Scene) -> ForwardAlert:
        """Return what is passed on: to nobody in particular."""
        return ForwardAlert(0, None, self._comment(scene))

    def resulted(self, scene: Scene, result: str) -> Actions:
        """Go where the result leads; a link that is on its way is an answer."""
        if result != "done":
            return super().resulted(scene, result)
        comment = self._comment(scene)
        return (Answer(Response.FORWARDED, {"comment": comment} if comment else {}), self.way(result))

    def _comment(self, scene: Scene) -> str | None:
        comment = look_up(scene.variables, f"gathered.{self.comment}") if self.comment else None
        return comment if isinstance(comment, str) else None
