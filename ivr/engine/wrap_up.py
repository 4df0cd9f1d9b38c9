"""An agent tells by keypad what the call came to that they took last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
    since, live = world.clock() - WITHIN, world.telephony.live_call_of
    found = await world.store.read(lambda tx: _last_taken(tx, call_id, since, live))
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


def _last_taken(
    tx: Transaction, this: str, since: datetime, live: Callable[[str], str | None]
) -> tuple[str, NewCall] | None:
    call = tx.calls.get(this)
    if call is None:
        return None
    for agent in _names(call):
        # The agent may have left a call in which the customer is still asked how it was.
        up = live(agent)
        taken = tx.calls.last_taken_by(agent, since) if up is None else tx.calls.get(up)
        if taken is not None:
            return agent, taken
    return None


def _names(call: NewCall) -> Sequence[str]:
    """Return by what an agent is known who calls: the softphone, and its number.

    A number is believed only where a code was dialled, which our telephones alone can: the telephone network
    lets anybody call from any number.
    """
    is_of_ours = call.caller_id is not None and not call.caller_id.startswith("+")
    return [name for name in (call.trunk, call.number if is_of_ours else "") if name]
