"""set_preference: how and when a customer wants to be reached."""

from __future__ import annotations

from datetime import time
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ivr.flows.actions import Actions
from ivr.flows.choice import NodeName
from ivr.flows.effects import SetPreference
from ivr.flows.nodes.base import Use
from ivr.flows.nodes.effect_node import EffectNode
from ivr.flows.scene import Scene
from ivr.flows.variables import VariablePath, look_up
from ivr.prompts.content_tier import ContentTier
from ivr.tempo import Tempo


class PreferredHours(BaseModel):
    """From when to when, on the customer's clock."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    begin: VariablePath = Field(description="the variable that holds the first time of day")
    end: VariablePath = Field(description="the variable that holds the time of day at which they end")


class SetPreferenceNode(EffectNode):
    """Keeps what the customer chose: a language, a medium, a tempo, or hours (`any`: at every hour).

    It counts at once, and no import takes it back. The language of this call is changed by `set_language`,
    its tempo by `set_tempo`.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "set_preference",
                "hours": {"begin": "gathered.begin", "end": "gathered.end"},
                "done": "hours-noted",
                "refused": "no-hours",
                "failed": "not-noted",
            }
        }
    )
    ways: ClassVar = ("done", "refused", "failed")
    least_tier: ClassVar[ContentTier] = ContentTier.CONFIRMED

    type: Literal["set_preference"]
    language: str | None = Field(
        default=None, pattern=r"^[a-z]{2,3}$", description="ISO 639; one of the four is given"
    )
    medium: Literal["voice", "sms", "email"] | None = Field(default=None, description="tried first")
    tempo: Tempo | None = Field(default=None, description="how fast we speak: `slow` or `usual`")
    hours: PreferredHours | Literal["any"] | None = Field(default=None, description="when to call")
    done: NodeName = Field(description="when it is kept")
    refused: NodeName | None = Field(
        default=None, description="for hours that do not end after they begin; needed with `hours`"
    )
    failed: NodeName = Field(description="when it could not be kept: nobody knows who is on the line")

    @model_validator(mode="after")
    def _says_one_thing(self) -> SetPreferenceNode:
        if [self.language, self.medium, self.tempo, self.hours].count(None) != 3:
            raise ValueError("it keeps one thing; give one of `language:`, `medium:`, `tempo:` and `hours:`")
        if (self.refused is None) == isinstance(self.hours, PreferredHours):
            raise ValueError(
                "`refused:` is for hours that are keyed in; give it with them, and only with them"
            )
        return self

    def uses(self) -> tuple[Use, ...]:
        """Return the variables that hold the hours."""
        if not isinstance(self.hours, PreferredHours):
            return ()
        hours = self.hours
        return (Use(("hours", "begin"), hours.begin), Use(("hours", "end"), hours.end))

    def resulted(self, scene: Scene, result: str) -> Actions:
        """Go where the result leads; only keyed hours can be refused."""
        return super().resulted(scene, "failed" if result == "refused" and self.refused is None else result)

    def effect(self, scene: Scene) -> SetPreference:
        """Return what is to be kept."""
        if not isinstance(self.hours, PreferredHours):
            return SetPreference(
                0, self.language, self.medium, any_hours=self.hours == "any", tempo=self.tempo
            )
        begin, end = (look_up(scene.variables, path) for path in (self.hours.begin, self.hours.end))
        return SetPreference(0, hours=(_written(begin), _written(end)))


def _written(value: object) -> str:
    return f"{value:%H:%M}" if isinstance(value, time) else ""
