"""What a node may look at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from ivr.flows.choice import Choice
from ivr.flows.effects import Effect
from ivr.flows.factor import Factor
from ivr.flows.manners import Manners
from ivr.flows.state import Memory
from ivr.flows.variables import Variables


class Scene(Protocol):
    """A node's view of its session as it is now; it changes nothing."""

    @property
    def manners(self) -> Manners:
        """How long a key is waited for, and how often one is asked for."""
        ...

    @property
    def keys(self) -> Mapping[str, Choice]:
        """Keys that every question of the flow understands."""
        ...

    @property
    def variables(self) -> Variables:
        """What prompts and conditions speak of."""
        ...

    @property
    def language(self) -> str:
        """The language that is being spoken."""
        ...

    @property
    def memory(self) -> Memory:
        """What the node remembers since it was entered."""
        ...

    @property
    def proven(self) -> tuple[Factor, ...]:
        """What the person has proved to know."""
        ...

    @property
    def times_entered(self) -> int:
        """How often this node has been entered, this time included."""
        ...

    @property
    def digits(self) -> str:
        """What the current gather has so far."""
        ...

    @property
    def effect(self) -> Effect | None:
        """The open effect."""
        ...

    @property
    def is_over(self) -> bool:
        """Whether the call has ended, and only what is meant by it can still be told."""
        ...
