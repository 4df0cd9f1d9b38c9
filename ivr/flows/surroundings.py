"""What a flow may name that is written elsewhere."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The names that are there; None for those that nobody can tell here, and that pass unseen."""

    hours: Collection[str] | None = None
    """Calling hours."""
    endpoints: Collection[str] | None = None
    """Webhooks of the settings."""
    recorded: Collection[str] = ()
    """Flows whose calls are recorded, by a rule or by the number that was dialled."""


NOT_LOOKED_AT = Surroundings()
"""For a flow by itself."""
