"""Tell outcomes to their targets until each has acknowledged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import structlog

from ivr.engine.ports import OutboxEntry
from ivr.engine.world import OutcomeTarget, World

log = structlog.get_logger()

_FIRST_RETRY = timedelta(seconds=5)
_LONGEST_RETRY = timedelta(hours=1)


def retry_after(tries: int) -> timedelta:
    """Return how long to wait after the `tries`-th failure: doubling from 5 s, at most an hour."""
    return min(_FIRST_RETRY * (1 << min(tries, 16)), _LONGEST_RETRY)


async def push_outcomes(world: World, limit: int = 100) -> int:
    """Push what is due, oldest first; return how many were acknowledged."""
    entries = await world.store.read(lambda tx: tx.outcomes.due_entries(world.clock(), limit))
    return sum([await _push(world, world.targets, entry) for entry in entries])


async def _push(world: World, targets: Mapping[str, OutcomeTarget], entry: OutboxEntry) -> bool:
    try:
        await targets[entry.target].push(entry.key, entry.payload)
    except Exception as error:  # noqa: BLE001 - whatever a target does, the others must go on
        log.warning("outcome not acknowledged", target=entry.target, key=entry.key, error=repr(error))
        next_at = world.clock() + retry_after(entry.tries)
        reason = repr(error)
        await world.store.write(lambda tx: tx.outcomes.push_failed(entry.id, reason, next_at))
        return False
    await world.store.write(lambda tx: tx.outcomes.acknowledged(entry.id, world.clock()))
    return True
