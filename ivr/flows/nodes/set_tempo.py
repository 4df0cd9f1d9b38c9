"""set_tempo: speak more slowly, or as fast as usual again."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from ivr.flows.actions import Actions, Go, SetTempo
from ivr.flows.choice import NodeName
from ivr.flows.nodes.base import BaseNode, Edge
from ivr.flows.scene import Scene
from ivr.tempo import Tempo


class SetTempoNode(BaseNode):
    """Says everything from here on in this call more slowly, or as fast as usual again.

    What a customer prefers is kept by `set_preference`.
    """

    model_config = ConfigDict(
        json_schema_extra={"example": {"type": "set_tempo", "tempo": "slow", "next": "more-slowly"}}
    )

    type: Literal["set_tempo"]
    tempo: Tempo = Field(description="`slow` or `usual`")
    next: NodeName = Field(description="the node that follows")

    def edges(self) -> tuple[Edge, ...]:
        """Return the only way on."""
        return (Edge(("next",), self.next),)

    def enter(self, scene: Scene) -> Actions:  # noqa: ARG002 (there is one way on)
        """Change it."""
        return (SetTempo(self.tempo), Go(self.next))
