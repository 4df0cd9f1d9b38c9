"""return: back to the flow that entered this one."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from ivr.flows.actions import Actions, Return
from ivr.flows.nodes.base import BaseNode
from ivr.flows.scene import Scene


class ReturnNode(BaseNode):
    """Goes back to the flow that entered this one; where none did, the call ends with the good-bye."""

    model_config = ConfigDict(json_schema_extra={"example": {"type": "return", "result": "paid"}})

    type: Literal["return"]
    result: str = Field(default="finished", min_length=1, description="what the other flow goes by")

    def enter(self, scene: Scene) -> Actions:  # noqa: ARG002 (there is one way back)
        """Go back."""
        return (Return(self.result),)
