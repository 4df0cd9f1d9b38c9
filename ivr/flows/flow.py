"""A call flow: a frozen graph of nodes with its manners and limits."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from ivr.flows.choice import Choices, NodeName, PromptName
from ivr.flows.compliance import ProfileName, SegmentName
from ivr.flows.manners import Direction, Limits, Manners, default_manners
from ivr.flows.node import Node


class FlowFile(BaseModel):
    """What an administrator writes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: NodeName
    description: str = ""
    direction: Direction = Direction.OUTBOUND
    languages: tuple[str, ...] = Field(default=("en",), min_length=1, description="languages it serves")
    profile: ProfileName | None = Field(default=None, description="the compliance profile it is held to")
    segments: dict[SegmentName, PromptName] = Field(
        default_factory=dict, description="which prompt is which of the segments that the profile requires"
    )
    start: NodeName = Field(description="the first node")
    sorry: PromptName = Field(description="said when the call goes on after an interruption")
    goodbye: PromptName = Field(description="said when we give up or a limit is reached")
    manners: Manners
    limits: Limits = Limits()
    keys: Choices = Field(default_factory=dict, description="keys that every question understands")
    nodes: dict[NodeName, Node] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _manners_by_direction(cls, data: Any) -> Any:
        """Fill in the manners that the file leaves out."""
        given = data.get("manners", {}) if isinstance(data, dict) else None
        if not isinstance(given, dict):
            return data
        try:
            direction = Direction(data.get("direction", Direction.OUTBOUND))
        except ValueError:
            direction = Direction.OUTBOUND  # the direction's own complaint says it
        defaults = default_manners(direction)
        return {**data, "manners": {**defaults.model_dump(), **given}}

    @field_validator("name")
    @classmethod
    def _name_fits_a_file(cls, name: str) -> str:
        if len(name) > 60:
            raise ValueError("the name is longer than 60 characters; shorten it")
        return name


class Flow(FlowFile):
    """A flow that has passed every check of load_flow."""

    version: str
    """Hash of what was written: a call pins it."""

    @cached_property
    def asks_for_secrets(self) -> bool:
        """Whether some node gathers a secret, so that any early digit might be one of its."""
        return any(getattr(node, "secret", False) for node in self.nodes.values())
