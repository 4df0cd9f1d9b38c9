"""What a flow may name that is written elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from ivr.accounts.contact_point import Medium
from ivr.prompts.content_tier import ContentTier


class MessageOutline(Protocol):
    """What a flow has to know of a message template."""

    @property
    def tier(self) -> ContentTier: ...  # noqa: D102
    @property
    def media(self) -> Collection[Medium]: ...  # noqa: D102
    @property
    def values(self) -> Mapping[str, str]:
        """What whoever sends it gives besides, each with an example."""
        ...


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The names that are there; None for those that nobody can tell here, and that pass unseen."""

    hours: Collection[str] | None = None
    """Calling hours."""
    endpoints: Collection[str] | None = None
    """Webhooks of the settings."""
    messages: Mapping[str, MessageOutline] | None = None
    """Message templates by name."""
    recorded: Collection[str] = ()
    """Flows whose calls are recorded, by a rule or by the number that was dialled."""


NOT_LOOKED_AT = Surroundings()
"""For a flow by itself."""
