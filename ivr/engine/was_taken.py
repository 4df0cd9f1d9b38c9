"""Did somebody take a call that an engine which is gone had handed over?"""

from __future__ import annotations

from ivr.engine.world import World
from ivr.flows.state import SessionState
from ivr.outcomes.response import Response


async def was_taken(world: World, call_id: str, state: SessionState) -> bool:
    """Say whether there was a talk with them that has not been meant yet: it is written when it begins."""
    call = await world.store.read(lambda tx: tx.calls.get(call_id))
    is_taken = call is not None and call.taken_by is not None
    return is_taken and all(response is not Response.TRANSFERRED for response, _ in state.responses)
