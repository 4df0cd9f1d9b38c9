"""menu: ask for one key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import ConfigDict, Field

from ivr.flows.choice import Choice, Choices
from ivr.flows.nodes.base import Edge
from ivr.flows.nodes.choosing import ChoosingNode


class MenuNode(ChoosingNode):
    """Asks for one key and goes where the key leads; silence and wrong keys are asked again, then left."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "menu",
                "prompt": "overdue-menu",
                "keys": {"1": "pay", "4": {"to": "already-paid", "response": "already_paid"}},
                "repeat": "8",
                "no_input": {"prompt": "no-input", "to": "limited-message"},
            }
        }
    )

    type: Literal["menu"]
    keys: Choices = Field(min_length=1, description="what each key leads to")

    def own_choices(self) -> Mapping[str, Choice]:
        """Return the menu's keys."""
        return self.keys

    def edges(self) -> tuple[Edge, ...]:
        """Return where the keys, silence and wrong keys lead."""
        keys = (Edge(("keys", key), choice.to) for key, choice in self.keys.items())
        return (*keys, *super().edges())
