"""Agents on telephones elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class DeskAgent:
    """An agent whom queues ring at a number outside."""

    id: str
    """Digits, as the agent keys them."""
    number: str
    """E.164."""
    pin_hash: str = field(repr=False)
    """Argon2."""


class DeskAgents(Protocol):
    """The agents with a PIN."""

    def get(self, agent_id: str) -> DeskAgent | None: ...
    def put(self, agent: DeskAgent, at: datetime) -> None:
        """Keep an agent; one of this id is replaced."""
        ...

    def remove(self, agent_id: str) -> bool:
        """Forget an agent; False when there was none."""
        ...
