"""A call flow: a frozen graph of nodes with its manners and limits."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from ivr.flows.choice import Choices, NodeName, PromptName
from ivr.flows.compliance import ProfileName, SegmentName
from ivr.flows.manners import Direction, Limits, Manners, default_manners
from ivr.flows.node import Node
from ivr.flows.nodes.enter_flow import EnterFlowNode
from ivr.flows.nodes.set_language import SetLanguageNode
from ivr.flows.state import Phase, SessionState
from ivr.prompts.content_tier import ContentTier


def _tier_by_name(value: object) -> object:
    names = {tier.name.lower(): tier for tier in ContentTier}
    if isinstance(value, str) and value not in names:
        raise ValueError(f"{value!r} is no content tier; use one of {', '.join(names)}")
    return names[value] if isinstance(value, str) else value


Tier = Annotated[ContentTier, BeforeValidator(_tier_by_name)]


class Listener(StrEnum):
    """Whom a flow talks to."""

    CUSTOMER = "customer"
    THIRD_PARTY = "third_party"
    """Somebody to whom a customer passed an alert on."""


class FlowFile(BaseModel):
    """What an administrator writes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: NodeName
    description: str = ""
    direction: Direction = Direction.OUTBOUND
    listener: Listener = Field(
        default=Listener.CUSTOMER, description="`third_party`: whom a customer passed an alert on to"
    )
    languages: tuple[str, ...] = Field(default=("en",), min_length=1, description="languages it serves")
    profile: ProfileName | None = Field(default=None, description="the compliance profile it is held to")
    segments: dict[SegmentName, PromptName] = Field(
        default_factory=dict, description="which prompt is which of the segments that the profile requires"
    )
    entered_at: Tier = Field(
        default=ContentTier.ANYONE,
        description="how sure of the listener we are when another flow enters this one",
    )
    start: NodeName = Field(description="the first node")
    sorry: PromptName = Field(description="said when the call goes on after an interruption")
    goodbye: PromptName = Field(description="said when we give up or a limit is reached")
    settled: NodeName | None = Field(
        default=None,
        description="where a key leads that would settle what was settled in another call meanwhile",
    )
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

    @model_validator(mode="after")
    def _serves_the_languages_it_sets(self) -> FlowFile:
        for name, node in self.nodes.items():
            if isinstance(node, SetLanguageNode) and node.language not in self.languages:
                raise ValueError(
                    f"node {name} sets language {node.language!r}, which the flow does not serve; "
                    f"add it to `languages:`"
                )
        return self

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
    def before_start(self) -> SessionState:
        """The state of a session, in the first language and without secrets, that has not begun."""
        return SessionState(
            flow=self.name,
            flow_version=self.version,
            node=self.start,
            phase=Phase.EFFECT,
            language=self.languages[0],
        )

    @cached_property
    def asks_for_secrets(self) -> bool:
        """Whether some node gathers a secret, so that any early digit might be one of its."""
        return any(node.asks_for_secret for node in self.nodes.values())

    @cached_property
    def enters(self) -> frozenset[str]:
        """The flows that this one enters."""
        return frozenset(node.flow for node in self.nodes.values() if isinstance(node, EnterFlowNode))
