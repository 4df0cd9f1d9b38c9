"""An agent tells by keypad what the call came to that they took last."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from ivr.engine.content import Contents
from ivr.engine.ports import NewCall, Transaction
from ivr.engine.record_disposition import AgentWord, tell_disposition
from ivr.engine.world import World
from ivr.errors import ContentError
from ivr.flows.effects import TellDisposition
from ivr.flows.events import EffectDone

log = structlog.get_logger()

WITHIN = timedelta(minutes=30)
"""How long after the end of a call its agent may tell by keypad what it came to."""


async def wrap_up(world: World, contents: Contents, call_id: str, command: TellDisposition) -> EffectDone:
    """Keep the word on the last call that this telephone took, by the same way as the word of a program.

    `call_id` is the call in which the agent says it.
    `no_call`: it took none lately; `failed`: the word does not fit that call, and nothing was done.
    """
    since = world.clock() - WITHIN
    found = await world.store.read(lambda tx: _last_taken(tx, call_id, since))
    if found is None:
        return EffectDone(command.effect_id, "no_call")
    agent, taken = found
    word = AgentWord(
        story_id=taken.asked_for_as,
        client="keypad",
        key=f"{call_id}/{command.effect_id}",  # asked for again after a drop, it is the same word
        agent=agent,
        disposition=command.disposition,
        medium="keypad",
    )
    try:
        await tell_disposition(world, contents, word)
    except ContentError as error:
        log.warning("an agent's word does not fit the call", call=taken.id, error=str(error))
        return EffectDone(command.effect_id, command.failure)
    log.info("an agent told what a call came to", client="keypad", call=taken.id)
    return EffectDone(command.effect_id, "done")


def _last_taken(tx: Transaction, this: str, since: datetime) -> tuple[str, NewCall] | None:
    call = tx.calls.get(this)
    if call is None:
        return None
    for agent in (call.trunk, call.number):
        if agent and (taken := tx.calls.last_taken_by(agent, since)) is not None:
            return agent, taken
    return None
