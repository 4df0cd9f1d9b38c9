"""The questions that are put to the manager interface; none of them dials or changes anything."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from ivr.telephony.ami_values import (
    Headers,
    QueueMember,
    QueueSummary,
    Registration,
    read_queue_member,
    read_queue_summary,
    read_registration,
    whole,
)

Ask = Callable[[str], Awaitable[Sequence[Headers]]]
"""Sends an action by its name; returns the answer and the events of its list, or raises AmiError."""


@dataclass(frozen=True, slots=True)
class AmiSnapshot:
    """Everything that can be asked, read at one time."""

    queues: tuple[QueueSummary, ...]
    members: tuple[QueueMember, ...]
    registrations: tuple[Registration, ...]
    channels: int


async def ask_queues(ask: Ask) -> tuple[QueueSummary, ...]:
    """Ask how each queue is doing."""
    return tuple(map(read_queue_summary, await _events(ask, "QueueSummary", "QueueSummary")))


async def ask_members(ask: Ask) -> tuple[QueueMember, ...]:
    """Ask for the agents, once for each queue that they are in."""
    return tuple(map(read_queue_member, await _events(ask, "QueueStatus", "QueueMember")))


async def ask_registrations(ask: Ask) -> tuple[Registration, ...]:
    """Ask for the outbound registrations."""
    events = await _events(ask, "PJSIPShowRegistrationsOutbound", "OutboundRegistrationDetail")
    return tuple(map(read_registration, events))


async def ask_channel_count(ask: Ask) -> int:
    """Ask how many channels there are, whoever made them."""
    return whole((await ask("CoreStatus"))[0], "CoreCurrentCalls")


async def ask_everything(ask: Ask) -> AmiSnapshot:
    """Ask all of it."""
    return AmiSnapshot(
        await ask_queues(ask),
        await ask_members(ask),
        await ask_registrations(ask),
        await ask_channel_count(ask),
    )


async def _events(ask: Ask, action: str, name: str) -> list[Headers]:
    return [message for message in await ask(action) if message.get("Event") == name]
