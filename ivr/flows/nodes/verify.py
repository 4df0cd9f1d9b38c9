"""verify: is this the person we want?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Literal

from pydantic import ConfigDict, Field

from ivr.flows.actions import Actions, RaiseTier
from ivr.flows.choice import Choice, Choices, Key
from ivr.flows.nodes.base import Edge
from ivr.flows.nodes.choosing import ChoosingNode
from ivr.flows.scene import Scene
from ivr.outcomes.response import Response
from ivr.prompts.content_tier import ContentTier


class YesChoice(Choice):
    """The key by which the person says that it is them."""

    key: Key = Field(description="the key that says it")


class NoChoice(Choice):
    """The key by which somebody says that they are not the person."""

    key: Key = Field(description="the key that says it")
    response: Response | None = Field(
        default=Response.WRONG_PERSON, description="what the person means by it"
    )


class VerifyNode(ChoosingNode):
    """Asks by name who is there. Yes raises the content tier to `confirmed`: a word, no proof."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "verify",
                "prompt": "overdue-identify",
                "yes": {"key": "1", "to": "details"},
                "no": {"key": "2", "to": "not-them"},
                "keys": {"9": "opt-out"},
            }
        }
    )

    type: Literal["verify"]
    yes: YesChoice = Field(description="they are the customer")
    no: NoChoice = Field(description="they are somebody else")
    keys: Choices = Field(default_factory=dict, description="what other keys lead to")

    def own_choices(self) -> Mapping[str, Choice]:
        """Return yes, no and the other keys."""
        return self._choices

    @cached_property
    def _choices(self) -> Mapping[str, Choice]:
        return {**self.keys, self.yes.key: self.yes, self.no.key: self.no}

    def key_fields(self) -> Iterator[tuple[str, str]]:
        """Yield every key that the node takes, with its field."""
        yield "yes", self.yes.key
        yield "no", self.no.key
        for key in self.keys:
            yield f"keys.{key}", key
        if self.repeat is not None:
            yield "repeat", self.repeat

    def edges(self) -> tuple[Edge, ...]:
        """Return where the keys, silence and wrong keys lead."""
        return (
            Edge(("yes", "to"), self.yes.to, ContentTier.CONFIRMED),
            Edge(("no", "to"), self.no.to),
            *(Edge(("keys", key), choice.to) for key, choice in self.keys.items()),
            *super().edges(),
        )

    def pressed(self, scene: Scene, digit: str) -> Actions:
        """Take the answer; yes raises the tier."""
        if digit == self.yes.key:
            return self._confirmed
        return super().pressed(scene, digit)

    @cached_property
    def _confirmed(self) -> Actions:
        return (RaiseTier(ContentTier.CONFIRMED), *self.yes.taken)
