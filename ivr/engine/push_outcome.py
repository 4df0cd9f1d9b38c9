"""Tell outcomes to their targets until each has acknowledged."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import timedelta

import structlog

from ivr.engine.ports import OutboxEntry
from ivr.engine.world import OutcomeTarget, World

log = structlog.get_logger()

_FIRST_RETRY = timedelta(seconds=5)
_LONGEST_RETRY = timedelta(hours=1)
_AT_A_TIME = 100
"""Outcomes that are being told at once."""


def retry_after(tries: int) -> timedelta:
    """Return how long to wait after the `tries`-th failure: doubling from 5 s, at most an hour."""
    return min(_FIRST_RETRY * (1 << min(tries, 16)), _LONGEST_RETRY)


async def push_outcomes(world: World) -> int:
    """Push all that is due, oldest first; return how many were acknowledged."""
    acknowledged = 0
    while entries := await world.store.read(lambda tx: tx.outcomes.due_entries(world.clock(), _AT_A_TIME)):
        # Side by side, so that what they write can share a commit.
        pushes = [_push(world, world.targets, entry) for entry in entries]
        acknowledged += sum(await asyncio.gather(*pushes))
    return acknowledged


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
