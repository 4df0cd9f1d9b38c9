"""End what customers passed on and nobody opened in time, so that the customers can be told."""

from __future__ import annotations

from functools import partial

from ivr.alerts.alert import Alert, AlertState
from ivr.engine.content import Contents
from ivr.engine.plan_next_attempt import end_alert
from ivr.engine.ports import Transaction
from ivr.engine.world import World

AT_A_TIME = 100


async def end_forwards(world: World, contents: Contents) -> int:
    """Return how many were ended."""
    now = world.clock()
    unheard = await world.store.read(lambda tx: tx.alerts.unheard(now, AT_A_TIME))
    return sum([await world.store.write(partial(_end, world, contents, alert)) for alert in unheard])


def _end(world: World, contents: Contents, alert: Alert, tx: Transaction) -> bool:
    return end_alert(tx, contents, alert, AlertState.EXPIRED, "expired", world.clock())
