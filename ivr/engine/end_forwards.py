"""End what customers passed on and nobody opened in time, so that the customers can be told."""

from __future__ import annotations

from functools import partial

import structlog

from ivr.alerts.alert import Alert, AlertState
from ivr.engine.content import Contents
from ivr.engine.plan_next_attempt import end_alert
from ivr.engine.ports import Transaction
from ivr.engine.world import World
from ivr.errors import AnswerbackError, FencedError

log = structlog.get_logger()

AT_A_TIME = 100


async def end_forwards(world: World, contents: Contents) -> int:
    """Return how many were ended."""
    now = world.clock()
    unheard = await world.store.read(lambda tx: tx.alerts.unheard(now, AT_A_TIME))
    ended = 0
    for alert in unheard:
        try:
            ended += await world.store.write(partial(_end, world, contents, alert))
        except FencedError:
            raise
        except (AnswerbackError, LookupError, ValueError):
            # One that can't be ended must not keep the others from it.
            log.exception("what was passed on can't be ended", alert=alert.id)
    return ended


def _end(world: World, contents: Contents, alert: Alert, tx: Transaction) -> bool:
    return end_alert(tx, contents, alert, AlertState.EXPIRED, "expired", world.clock())
