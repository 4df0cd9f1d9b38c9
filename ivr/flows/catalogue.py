"""What a flow needs of the prompt catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from ivr.prompts.content_tier import ContentTier
from ivr.prompts.segment import Segment


class PromptCatalogue(Protocol):
    """Prompts by name."""

    def names(self) -> frozenset[str]:
        """Return every prompt's name."""
        ...

    def is_written(self, name: str) -> bool:
        """Return whether somebody wrote such a prompt, be it that it can't be used."""
        ...

    def is_answer(self, name: str) -> bool:
        """Return whether the prompt answers a question that every medium can answer."""
        ...

    def tier(self, name: str) -> ContentTier:
        """Return how sure of the listener we must be before `name` may be said."""
        ...

    def languages(self, name: str) -> frozenset[str]:
        """Return the languages it is written in."""
        ...

    def variables(self, name: str, language: str) -> frozenset[str]:
        """Return all that its slots may ask for, by dotted path."""
        ...

    def render(self, name: str, language: str, variables: Mapping[str, object]) -> tuple[Segment, ...]:
        """Return what is heard; raises FlowError when a slot's variable is not there."""
        ...
