"""keep_remark: what somebody said in a survey."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import ConfigDict, Field

from ivr.flows.choice import NodeName
from ivr.flows.effects import KeepAnswer
from ivr.flows.nodes.base import Use
from ivr.flows.nodes.draw_sample import SurveyName
from ivr.flows.nodes.effect_node import EffectNode
from ivr.flows.scene import Scene
from ivr.flows.variables import VariablePath, look_up


class KeepRemarkNode(EffectNode):
    """Keeps a recording as the answer to a question of a survey."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "keep_remark",
                "survey": "after-call",
                "about": "remark",
                "recording": "gathered.remark",
                "done": "thanks",
            }
        }
    )
    ways: ClassVar = ("done",)

    type: Literal["keep_remark"]
    survey: SurveyName = Field(description="its name, as `ivr survey` tells it")
    about: SurveyName = Field(description="which of its questions")
    recording: VariablePath = Field(description="the variable that a `record` node kept it as")
    done: NodeName = Field(description="once it is kept")

    def uses(self) -> tuple[Use, ...]:
        """Return the variable that names the recording."""
        return (Use(("recording",), self.recording),)

    def effect(self, scene: Scene) -> KeepAnswer:
        """Return what is to be kept."""
        said = str(look_up(scene.variables, self.recording))
        return KeepAnswer(0, self.survey, self.about, recording=said)
