"""draw_sample: some calls, drawn at random by the engine."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field, StringConstraints

from ivr.flows.choice import NodeName
from ivr.flows.effects import DrawSample
from ivr.flows.nodes.effect_node import EffectNode
from ivr.flows.scene import Scene

SurveyName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
"""Small letters, digits, hyphens."""


class DrawSampleNode(EffectNode):
    """Leads `percent` of the calls to `drawn`, all others to `left_out`.

    The engine draws by the call's id: nobody on the line has a say, and the draw can be made again.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "draw_sample",
                "sample": "after-call",
                "percent": 10,
                "drawn": "ask-ease",
                "left_out": "bye",
            }
        }
    )
    ways: ClassVar = ("drawn", "left_out")

    type: Literal["draw_sample"]
    sample: SurveyName = Field(description="its name: each sample is drawn for itself")
    percent: float = Field(ge=0, le=100, description="of the calls that come here")
    drawn: NodeName = Field(description="when the call is in the sample")
    left_out: NodeName = Field(description="when it is not")

    def effect(self, scene: Scene) -> DrawSample:  # noqa: ARG002 (the call's id is the host's)
        """Return what the engine is asked for."""
        return DrawSample(0, self.sample, self.percent)
