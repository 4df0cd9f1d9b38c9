"""keep_recording: callers hear it from now on."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import ConfigDict, Field

from ivr.flows.choice import NodeName
from ivr.flows.effects import KeepRecording
from ivr.flows.nodes.base import Use
from ivr.flows.nodes.effect_node import EffectNode
from ivr.flows.scene import Scene
from ivr.flows.variables import VariablePath, look_up
from ivr.prompts.content_tier import ContentTier


class KeepRecordingNode(EffectNode):
    """Publishes a recording as the sound of a prompt, or as the bulletin; for administrators.

    It is that of the language that is being spoken. `refused` is for what has no speech in it, or too much.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "keep_recording",
                "recording": "gathered.take",
                "number": "gathered.number",
                "hours": "gathered.hours",
                "kept": "on-the-air",
                "refused": "too-short",
                "failed": "not-kept",
            }
        }
    )
    ways: ClassVar = ("kept", "refused", "failed")
    least_tier: ClassVar[ContentTier] = ContentTier.ADMINISTRATOR

    type: Literal["keep_recording"]
    recording: VariablePath = Field(description="the variable that a `record` node kept it as")
    number: VariablePath = Field(description="the variable that holds the number; the bulletin's is 0")
    hours: VariablePath | None = Field(
        default=None,
        description="the variable that says for how many hours a bulletin is said; 0: until it is taken off",
    )
    kept: NodeName = Field(description="when it is on the air")
    refused: NodeName = Field(description="when it can't be used, too short perhaps")
    failed: NodeName = Field(description="when it could not be published")

    def uses(self) -> tuple[Use, ...]:
        """Return the variables that say what is kept as what."""
        fields = (("recording", self.recording), ("number", self.number), ("hours", self.hours))
        return tuple(Use((field,), variable) for field, variable in fields if variable is not None)

    def effect(self, scene: Scene) -> KeepRecording:
        """Return what the host is asked for."""
        recording, number = (str(look_up(scene.variables, path)) for path in (self.recording, self.number))
        return KeepRecording(0, recording, number, scene.language, self._hours(scene))

    def _hours(self, scene: Scene) -> int | None:
        hours = str(look_up(scene.variables, self.hours)) if self.hours is not None else ""
        return int(hours) or None if hours.isdecimal() else None
