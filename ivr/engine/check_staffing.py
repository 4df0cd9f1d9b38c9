"""Is an agent free, and if not, how long will it take?"""

from __future__ import annotations

from math import ceil

import structlog

from ivr.engine.ports.staffing import QueueState, Staffing
from ivr.flows.effects import CheckStaffing
from ivr.flows.events import EffectDone

log = structlog.get_logger()


async def check_staffing(staffing: Staffing | None, command: CheckStaffing) -> EffectDone:
    """Return how the queue is doing (`known`); `failed` when nobody knows.

    `expected_wait` is in seconds, None where there is nothing to judge by.
    """
    state = None if staffing is None else await staffing.look_at(command.queue)
    if state is None:
        log.warning("nobody knows who is free", queue=command.queue)
        return EffectDone(command.effect_id, command.failure)
    values = {
        "free_agents": state.free_agents,
        "callers_waiting": state.callers_waiting,
        "expected_wait": expected_wait(state),
    }
    return EffectDone(command.effect_id, "known", values)


def expected_wait(state: QueueState) -> int | None:
    """Return the seconds that somebody who joins now will wait, None when nothing tells.

    Agents become free one after the other, each after a talk of average length.
    """
    ahead = state.callers_waiting - state.free_agents
    if ahead < 0:
        return 0
    if state.agents == 0 or state.average_talk_seconds == 0:
        return None
    return ceil((ahead + 1) * state.average_talk_seconds / state.agents)
