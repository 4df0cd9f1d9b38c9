"""find_prompt: which prompt is to be recorded?"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import ConfigDict, Field

from ivr.flows.choice import NodeName
from ivr.flows.effects import FindPrompt
from ivr.flows.nodes.base import Use
from ivr.flows.nodes.effect_node import EffectNode
from ivr.flows.scene import Scene
from ivr.flows.variables import VariablePath, look_up
from ivr.prompts.content_tier import ContentTier


class FindPromptNode(EffectNode):
    """Looks up the prompt of a keyed number, in the language that is being spoken; for administrators.

    `result.name`, `result.words` and `result.is_recorded` tell of it. `unknown` is for a number that no
    prompt has, and for a prompt that no recording can be heard of.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "find_prompt",
                "number": "gathered.number",
                "found": "say-words",
                "unknown": "no-such-number",
            }
        }
    )
    ways: ClassVar = ("found", "unknown")
    least_tier: ClassVar[ContentTier] = ContentTier.ADMINISTRATOR

    type: Literal["find_prompt"]
    number: VariablePath = Field(description="the variable that holds the number")
    found: NodeName = Field(description="when there is one of this number")
    unknown: NodeName = Field(description="when there is none")

    def uses(self) -> tuple[Use, ...]:
        """Return the number's variable."""
        return (Use(("number",), self.number),)

    def effect(self, scene: Scene) -> FindPrompt:
        """Return the question."""
        return FindPrompt(0, str(look_up(scene.variables, self.number)), scene.language)
