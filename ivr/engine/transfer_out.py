"""Connect a call with a telephone number outside: the flow's own, under the guards of all dialling."""

from __future__ import annotations

import structlog

from ivr.engine.host import Host
from ivr.engine.line import Line
from ivr.engine.telephony import Outside
from ivr.engine.world import World
from ivr.flows.effects import TransferOut
from ivr.flows.events import EffectDone
from ivr.phone_number import PhoneNumber, never_dialled

log = structlog.get_logger()

RING_SECONDS = 30.0
"""So long it rings there before the customer is back with us."""
LONGEST_SECONDS = 4 * 3600.0
"""How long the talk may last, as with an agent of ours."""


async def transfer_out(host: Host, effect: TransferOut) -> EffectDone | None:
    """Dial the number; None when what comes of it follows as an event of the call.

    `failed`: it may not be dialled, or nothing may now; `no_agent`: all lines are taken. A call that is there
    already, because an engine that is gone has dialled, stays there; one that has come back is not connected
    again.
    """
    world, call, number = host.world, host.call, PhoneNumber(effect.number)
    if (way_out := world.way_out) is None:
        log.error("there is no line for a transfer outside", call=call.call_id)
        return EffectDone(effect.effect_id, effect.failure)
    line = way_out.line
    if not call.is_elsewhere:
        if (result := await call.back_from_outside(effect.effect_id, number)) is not None:
            return EffectDone(effect.effect_id, result)
        refused = await _refused(host, effect, line)
        if refused is None:
            if not await way_out.wait_for_slot(lambda: not call.is_over):
                return None
            # Others may have dialled meanwhile, or stopped all. Nobody gets in between this and the leg.
            refused = await _refused(host, effect, line)
        if refused is not None or call.is_over:
            return refused
    outside = Outside(number, line.trunk, line.caller_id, RING_SECONDS, LONGEST_SECONDS, effect.reference)
    await call.transfer_out(effect.effect_id, outside)
    return None


async def _refused(host: Host, effect: TransferOut, line: Line) -> EffectDone | None:
    world, call, number = host.world, host.call, PhoneNumber(effect.number)
    if (why := await _objection(world, line, number)) is not None:
        log.error("a number outside was not dialled", call=call.call_id, number=number, why=why)
        return EffectDone(effect.effect_id, effect.failure)
    if world.telephony.lines_taken >= line.max_calls:
        log.warning("no line is free for a transfer outside", call=call.call_id)
        return EffectDone(effect.effect_id, "no_agent")
    return None


async def _objection(world: World, line: Line, number: PhoneNumber) -> str | None:
    """Return why nobody may be dialled there now."""
    if (why := never_dialled(number)) is not None:
        return why
    is_stopped, is_live = await world.store.read(lambda tx: (tx.controls.is_stopped(), tx.controls.is_live()))
    if is_stopped:
        return "all calls are stopped"
    if line.permission(is_live=is_live).allows(number):
        return None
    return "no allowed prefix fits it" if is_live else "we are not live, and it is not listed"
