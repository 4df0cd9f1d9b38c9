"""Who is free, asked of the switch: one question for all callers of a second."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Protocol

import structlog

from ivr.engine.ports.staffing import QueueState
from ivr.errors import AmiError
from ivr.telephony.ami_values import QueueMember, QueueSummary

FRESH_S = 1.0
"""Younger than this an answer serves the next caller too."""
STALE_S = 15.0
"""Older than this it is not even good for while the switch does not answer."""

_log = structlog.get_logger(__name__)


class AsksQueues(Protocol):
    """What is needed of `AmiClient`."""

    async def queue_summary(self) -> tuple[QueueSummary, ...]:
        """Return how each queue is doing; raises AmiError."""
        ...

    async def queue_members(self) -> tuple[QueueMember, ...]:
        """Return the agents, once for each queue that they are in; raises AmiError."""
        ...

    async def set_pause(self, member: QueueMember, reason: str | None) -> None:
        """Pause an agent in one queue, or give them calls again; raises AmiError."""
        ...


class AmiStaffing:
    """Fills `Staffing`. While the manager interface is away the last answer counts for a short time."""

    def __init__(self, ami: AsksQueues, seconds: Callable[[], float] | None = None) -> None:
        self._ami = ami
        self._seconds = seconds or asyncio.get_running_loop().time
        self._known: Mapping[str, QueueState] = {}
        self._known_at = self._asked_at = float("-inf")
        self._asking = asyncio.Lock()

    async def look_at(self, queue: str) -> QueueState | None:
        """Return how the queue is doing."""
        async with self._asking:
            if self._seconds() - self._asked_at >= FRESH_S:
                await self._ask()
        return self._known.get(queue) if self._seconds() - self._known_at < STALE_S else None

    async def set_pause(self, agent: str, reason: str | None) -> bool | None:
        """Pause an agent in all queues that ring them, or give them calls again."""
        try:
            places = [member for member in await self._ami.queue_members() if member.name == agent]
            for member in places:
                await self._ami.set_pause(member, reason)
        except AmiError as error:
            _log.warning("agent_not_paused", error=str(error))
            return None
        return bool(places)

    async def _ask(self) -> None:
        try:
            summaries = await self._ami.queue_summary()
        except AmiError as error:
            _log.warning("queues_not_known", error=str(error))
            return
        finally:  # one that failed counts too: callers do not wait for it one after the other
            self._asked_at = self._seconds()
        self._known = {summary.name: _state_of(summary) for summary in summaries}
        self._known_at = self._seconds()


def _state_of(summary: QueueSummary) -> QueueState:
    return QueueState(
        free_agents=summary.agents_available,
        agents=summary.agents_logged_in,
        callers_waiting=summary.callers,
        average_talk_seconds=summary.average_talk_s,
    )
