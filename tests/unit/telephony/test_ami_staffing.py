"""One question for all callers of a second; a short memory while the manager interface is away."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from ivr.engine.ports.staffing import QueueState
from ivr.errors import AmiError
from ivr.telephony.ami_staffing import FRESH_S, STALE_S, AmiStaffing
from ivr.telephony.ami_values import DeviceState, QueueMember, QueueSummary


@dataclass
class Switch:
    """A manager interface with a clock beside it."""

    now: float = 1000.0
    is_away: bool = False
    asked: int = 0
    queues: list[QueueSummary] = field(
        default_factory=lambda: [QueueSummary("collections", 3, 1, 2, 20, 90, 15)]
    )
    members: list[QueueMember] = field(default_factory=list)
    pauses: list[tuple[str, str, str | None]] = field(default_factory=list)

    async def queue_summary(self) -> tuple[QueueSummary, ...]:
        self.asked += 1
        await asyncio.sleep(0)
        if self.is_away:
            raise AmiError("no connection")
        return tuple(self.queues)

    async def queue_members(self) -> tuple[QueueMember, ...]:
        if self.is_away:
            raise AmiError("no connection")
        return tuple(self.members)

    async def set_pause(self, member: QueueMember, reason: str | None) -> None:
        self.pauses.append((member.queue, member.interface, reason))


KNOWN = QueueState(free_agents=1, agents=3, callers_waiting=2, average_talk_seconds=90)


async def test_many_callers_at_once_are_one_question() -> None:
    switch = Switch()
    staffing = AmiStaffing(switch, lambda: switch.now)
    assert await asyncio.gather(*(staffing.look_at("collections") for _ in range(20))) == [KNOWN] * 20
    assert switch.asked == 1
    switch.now += FRESH_S
    await staffing.look_at("collections")
    assert switch.asked == 2


async def test_a_queue_that_is_none_is_not_known() -> None:
    switch = Switch()
    assert await AmiStaffing(switch, lambda: switch.now).look_at("shop") is None


async def test_the_last_answer_counts_for_a_short_time() -> None:
    switch = Switch()
    staffing = AmiStaffing(switch, lambda: switch.now)
    await staffing.look_at("collections")
    switch.is_away = True
    switch.now += STALE_S - 1
    assert await staffing.look_at("collections") == KNOWN
    switch.now += 1
    assert await staffing.look_at("collections") is None


async def test_callers_do_not_wait_one_after_the_other_for_a_switch_that_is_away() -> None:
    switch = Switch(is_away=True)
    staffing = AmiStaffing(switch, lambda: switch.now)
    assert await asyncio.gather(*(staffing.look_at("collections") for _ in range(20))) == [None] * 20
    assert switch.asked == 1


async def test_a_switch_that_never_answered_knows_nothing() -> None:
    switch = Switch(is_away=True)
    assert await AmiStaffing(switch, lambda: switch.now).look_at("collections") is None


def member(queue: str, name: str) -> QueueMember:
    interface = f"Local/{name}@agent-of-{queue}/n"
    return QueueMember(queue, name, interface, DeviceState.NOT_IN_USE, False, "", False, 0)


async def test_an_agent_is_paused_in_all_queues_that_ring_them_and_nobody_else_is() -> None:
    theirs = [member(queue, "+12025550124") for queue in ("collections", "front-desk")]
    switch = Switch(members=[*theirs, member("collections", "+12025550125")])
    staffing = AmiStaffing(switch, lambda: switch.now)
    assert await staffing.set_pause("+12025550124", "by telephone") is True
    assert switch.pauses == [(each.queue, each.interface, "by telephone") for each in theirs]
    assert await staffing.set_pause("+12025550199", None) is False
    switch.is_away = True
    assert await staffing.set_pause("+12025550124", None) is None
