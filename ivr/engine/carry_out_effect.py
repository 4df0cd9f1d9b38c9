"""Do what a flow asks of the world: one case an effect, each a use case of its own."""

from __future__ import annotations

import structlog

from ivr.engine.check_pin import check_pin
from ivr.engine.find_prompt import find_prompt
from ivr.engine.host import Host
from ivr.engine.keep_recording import clear_bulletin, keep_recording
from ivr.engine.opt_out import carry_out_opt_out
from ivr.engine.pay import pay
from ivr.engine.record_voice import record_voice
from ivr.flows.effects import (
    CheckPin,
    ClearBulletin,
    Effect,
    FindPrompt,
    KeepRecording,
    OptOut,
    Pay,
    RecordVoice,
    Transfer,
)
from ivr.flows.events import EffectDone
from ivr.flows.keyed import Keyed

log = structlog.get_logger()


async def carry_out_effect(host: Host, effect: Effect, keyed: Keyed) -> EffectDone | None:
    """Return the effect's result; None when it follows as an event of the call.

    `keyed` has the digits of secrets that the effect names. What nothing here can do fails, loudly and at
    once.
    """
    match effect:
        case Transfer():
            await host.call.transfer(effect.effect_id, effect.queue)
            return None
        case Pay() if host.party is not None:
            return await pay(host.world, host.call.call_id, host.party.customer_id, effect)
        case OptOut():
            return await carry_out_opt_out(host.world, host.party, host.address, effect)
        case RecordVoice():
            return await record_voice(host, effect)
        case CheckPin():
            return await check_pin(host, effect, keyed)
        case FindPrompt():
            return find_prompt(host.contents.live, effect)
        case KeepRecording():
            return await keep_recording(host, effect)
        case ClearBulletin():
            return await clear_bulletin(host, effect)
        case Pay():
            log.warning("this needs a customer", effect=effect.kind, call=host.call.call_id)
            return EffectDone(effect.effect_id, effect.failure)
        case _:
            log.error("nothing carries out this effect", effect=effect.kind, call=host.call.call_id)
            return EffectDone(effect.effect_id, effect.failure)
