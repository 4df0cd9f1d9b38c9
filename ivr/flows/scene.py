"""What a node may look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ivr.flows.choice import Choice
from ivr.flows.manners import Manners
from ivr.flows.state import Memory
from ivr.flows.variables import Variables


@dataclass(frozen=True, slots=True)
class Scene:
    """A node's view of its session; it changes nothing."""

    variables: Variables = field(repr=False)
    memory: Memory
    manners: Manners
    keys: Mapping[str, Choice]
    """Keys that every question of the flow understands."""
    visits: int
    """How often this node has been entered, this time included."""
    digits: str = field(default="", repr=False)
    """What the current gather has so far."""
