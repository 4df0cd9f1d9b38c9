"""The port to whoever knows how many agents are free."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class QueueState:
    """How a queue of agents is doing."""

    free_agents: int
    """Logged in, not paused, on no call, and done with the last one."""
    agents: int
    """Logged in, whatever they are doing."""
    callers_waiting: int
    average_talk_seconds: int
    """0 while nobody has talked yet."""


class Staffing(Protocol):
    """Knows the queues of agents."""

    async def set_pause(self, agent: str, reason: str | None) -> bool | None:
        """Pause an agent in all queues that ring them, for a reason; None: give them calls again.

        Returns whether some queue does ring them; None when the switch could not be told.
        """
        ...

    async def look_at(self, queue: str) -> QueueState | None:
        """Return how the queue is doing now, or was a moment ago; None when nobody knows."""
        ...
