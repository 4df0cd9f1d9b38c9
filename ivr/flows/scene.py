"""What a node may look at."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.flows.choice import Choice
from ivr.flows.draft import Draft
from ivr.flows.effects import Effect
from ivr.flows.manners import Manners
from ivr.flows.state import Memory, Phase
from ivr.flows.variables import Variables


class Scene:
    """A node's view of its session as it is now; it changes nothing."""

    __slots__ = ("_draft", "keys", "manners")

    def __init__(self, draft: Draft, manners: Manners, keys: Mapping[str, Choice]) -> None:
        self._draft = draft
        self.manners = manners
        self.keys = keys
        """Keys that every question of the flow understands."""

    @property
    def variables(self) -> Variables:
        """What prompts and conditions speak of."""
        return self._draft.variables

    @property
    def language(self) -> str:
        """The language that is being spoken."""
        return self._draft.language

    @property
    def memory(self) -> Memory:
        """What the node remembers since it was entered."""
        return self._draft.memory

    @property
    def visits(self) -> int:
        """How often this node has been entered, this time included."""
        return self._draft.visits.get(self._draft.node, 0)

    @property
    def digits(self) -> str:
        """What the current gather has so far."""
        return self._draft.keyed.digits

    @property
    def effect(self) -> Effect | None:
        """The open effect."""
        return self._draft.effect

    @property
    def is_over(self) -> bool:
        """Whether the call has ended, and only what is meant by it can still be told."""
        return self._draft.phase is Phase.OVER
