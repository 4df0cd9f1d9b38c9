"""play_recording: what somebody recorded."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from ivr.flows.actions import Actions, Go, Replay
from ivr.flows.choice import NodeName
from ivr.flows.nodes.base import BaseNode, Edge, Use
from ivr.flows.scene import Scene
from ivr.flows.state import KeysDuring
from ivr.flows.variables import VariablePath, look_up


class PlayRecordingNode(BaseNode):
    """Plays what somebody recorded, then goes on; a key cuts it and is taken by the next question.

    The variable holds a recording's name: `forward.comment`, or the `gathered` one of a `record` node. Where
    it holds none, nothing is heard.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"type": "play_recording", "recording": "forward.comment", "next": "menu"}
        }
    )

    type: Literal["play_recording"]
    recording: VariablePath = Field(description="the variable that holds the recording's name")
    next: NodeName = Field(description="the node that follows")

    def edges(self) -> tuple[Edge, ...]:
        """Return the only way on."""
        return (Edge(("next",), self.next),)

    def uses(self) -> tuple[Use, ...]:
        """Return the recording's variable."""
        return (Use(("recording",), self.recording),)

    def enter(self, scene: Scene) -> Actions:
        """Play it, if there is one."""
        recording = look_up(scene.variables, self.recording)
        return (Replay(recording, KeysDuring.SKIP),) if isinstance(recording, str) else (Go(self.next),)

    def spoken(self, scene: Scene) -> Actions:  # noqa: ARG002 (there is one way on)
        """Go on."""
        return (Go(self.next),)
