"""Let one matter be settled in one call: of two that come to it at once, the first key counts."""

from __future__ import annotations

from ivr.alerts.alert import AlertState
from ivr.engine.ports import Transaction
from ivr.engine.world import World
from ivr.flows.events import FlowEvent, HungUp, SettledElsewhere
from ivr.flows.state import SessionState
from ivr.outcomes.response import Effect, Response


async def is_settled_elsewhere(world: World, call_id: str, before: SessionState, after: SessionState) -> bool:
    """Say whether what was meant between two states of a talk comes too late; if not, others do from now on.

    It is to be asked before anything of `after` is done. What has happened already (a payment, an alert
    that was passed on) is never too late, and neither is a wish to be left alone: `Response.settles_once`.
    """
    meant = [response for response, _ in after.responses[len(before.responses) :]]
    settling = [response for response in meant if _ends_the_matter(response)]
    party = after.line.acts_for
    if not settling or party is None or party.alert_id is None:
        return False
    alert_id, now = party.alert_id, world.clock()

    def claim(tx: Transaction) -> bool:
        if not tx.alerts.exists(alert_id):
            return True
        is_ours = tx.alerts.claim_settling(alert_id, call_id, now)
        return is_ours and tx.alerts.get(alert_id).state is not AlertState.SETTLED

    is_ours = await world.store.write(claim)
    return not is_ours and any(response.settles_once for response in settling)


def too_late(event: FlowEvent) -> FlowEvent:
    """Return what happens to a talk in the place of an event that would have settled the matter."""
    return HungUp(is_settled_elsewhere=True) if isinstance(event, HungUp) else SettledElsewhere()


def _ends_the_matter(response: Response) -> bool:
    """Say whether a response is the end of the matter: of a talk with an agent only the agent knows it."""
    return response.effect is Effect.SETTLING and response is not Response.TRANSFERRED
