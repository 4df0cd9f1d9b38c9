"""set_language: go on in another language."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from ivr.flows.actions import Actions, Go, Language
from ivr.flows.choice import NodeName
from ivr.flows.nodes.base import BaseNode, Edge
from ivr.flows.scene import Scene


class SetLanguageNode(BaseNode):
    """Says everything from here on in another language that the flow serves."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"type": "set_language", "language": "es", "next": "identify"}}
    )

    type: Literal["set_language"]
    language: str = Field(pattern=r"^[a-z]{2,3}$", description="ISO 639, one of the flow's `languages`")
    next: NodeName = Field(description="the node that follows")

    def edges(self) -> tuple[Edge, ...]:
        """Return the only way on."""
        return (Edge(("next",), self.next),)

    def enter(self, scene: Scene) -> Actions:  # noqa: ARG002 (there is one way on)
        """Change it."""
        return (Language(self.language), Go(self.next))
