"""A queue is looked at: who is free, and how long it takes where nobody is."""

from __future__ import annotations

import pytest

from ivr.engine.check_staffing import check_staffing, expected_wait
from ivr.engine.ports.staffing import QueueState
from ivr.flows.effects import CheckStaffing


class Board:
    """Knows one queue."""

    async def look_at(self, queue: str) -> QueueState | None:
        return QueueState(0, 2, 3, 120) if queue == "collections" else None

    async def set_pause(self, agent: str, reason: str | None) -> bool | None:
        raise NotImplementedError


async def test_the_flow_is_told_how_the_queue_is_doing() -> None:
    done = await check_staffing(Board(), CheckStaffing(7, "collections"))
    assert (done.effect_id, done.result) == (7, "known")
    assert done.values == {"free_agents": 0, "callers_waiting": 3, "expected_wait": 240}


@pytest.mark.parametrize("staffing", [None, Board()], ids=["no manager interface", "no such queue"])
async def test_what_nobody_knows_has_failed(staffing: Board | None) -> None:
    assert (await check_staffing(staffing, CheckStaffing(1, "shop"))).result == "failed"


@pytest.mark.parametrize(
    ("state", "seconds"),
    [
        (QueueState(free_agents=2, agents=3, callers_waiting=1, average_talk_seconds=0), 0),
        (QueueState(free_agents=1, agents=2, callers_waiting=1, average_talk_seconds=100), 50),
        (QueueState(free_agents=0, agents=4, callers_waiting=3, average_talk_seconds=61), 61),
        (QueueState(free_agents=0, agents=1, callers_waiting=0, average_talk_seconds=90), 90),
        (QueueState(free_agents=0, agents=2, callers_waiting=0, average_talk_seconds=0), None),
        (QueueState(free_agents=0, agents=0, callers_waiting=5, average_talk_seconds=90), None),
    ],
    ids=["somebody is free", "those ahead take them", "rounded up", "one agent", "no talk yet", "no agent"],
)
def test_the_wait_is_judged_by_talks_and_agents(state: QueueState, seconds: int | None) -> None:
    assert expected_wait(state) == seconds
