"""Let one matter be settled in one call: of two that come to it at once, the first key counts."""

from __future__ import annotations

from ivr.alerts.alert import AlertState
from ivr.engine.ports import Transaction
from ivr.engine.world import World
from ivr.flows.settling import settling
from ivr.flows.state import SessionState


async def is_settled_elsewhere(world: World, call_id: str, before: SessionState, after: SessionState) -> bool:
    """Say whether what was meant between two states of a talk comes too late; if not, others do from now on.

    It is to be asked before anything of `after` is done. What has happened already (a payment, an alert
    that was passed on) is never too late, and neither is a wish to be left alone: `Response.settles_once`.
    """
    meant = settling(before, after)
    if meant is None:
        return False
    alert_id, now = meant.alert_id, world.clock()

    def claim(tx: Transaction) -> bool:
        if not tx.alerts.exists(alert_id):
            return True
        is_ours = tx.alerts.claim_settling(alert_id, call_id, now)
        return is_ours and tx.alerts.get(alert_id).state is not AlertState.SETTLED

    is_ours = await world.store.write(claim)
    return not is_ours and meant.is_once
