"""Do what a flow asks of the world: one case an effect, each a use case of its own."""

from __future__ import annotations

import structlog

from ivr.engine.call_webhook import call_webhook
from ivr.engine.check_factor import check_factor
from ivr.engine.check_hours import check_hours
from ivr.engine.check_pin import check_pin
from ivr.engine.find_prompt import find_prompt
from ivr.engine.host import Host, Party
from ivr.engine.keep_answer import draw_sample, keep_answer
from ivr.engine.keep_recording import clear_bulletin, keep_recording
from ivr.engine.opt_out import carry_out_opt_out
from ivr.engine.pay import pay
from ivr.engine.record_voice import record_voice
from ivr.engine.request_callback import request_callback
from ivr.engine.set_pin import set_pin
from ivr.engine.set_preference import set_preference
from ivr.engine.take_card import take_card
from ivr.flows.effects import (
    CallWebhook,
    CheckFactor,
    CheckHours,
    CheckPin,
    ClearBulletin,
    DrawSample,
    Effect,
    FindPrompt,
    KeepAnswer,
    KeepRecording,
    OptOut,
    Pay,
    RecordVoice,
    RequestCallback,
    SetPin,
    SetPreference,
    TakeCard,
    Transfer,
)
from ivr.flows.events import EffectDone
from ivr.flows.state import SessionState

log = structlog.get_logger()


async def carry_out_effect(host: Host, effect: Effect, state: SessionState) -> EffectDone | None:
    """Return the effect's result; None when it follows as an event of the call.

    `state` is that of the turn that asked for it, and has the secrets that the effect names by their handles.
    What nothing here can do fails, loudly and at once.
    """
    match effect:
        case Transfer():
            await host.call.transfer(effect.effect_id, effect.queue)
            return None
        case OptOut():
            return await carry_out_opt_out(host.world, host.party, host.address, effect)
        case RecordVoice():
            return await record_voice(host, effect)
        case CheckHours():
            return check_hours(host.contents.live, effect, host.world.clock())
        case CallWebhook():
            return await call_webhook(host.world, host.call.call_id, effect)
        case DrawSample():
            return draw_sample(host, effect)
        case KeepAnswer():
            return await keep_answer(host, effect)
        case CheckPin() | FindPrompt() | KeepRecording() | ClearBulletin():
            return await _carry_out_in_studio(host, effect, state)
        case _ if host.party is None:
            log.warning("this needs a customer", effect=effect.kind, call=host.call.call_id)
            return EffectDone(effect.effect_id, effect.failure)
        case _:
            return await _carry_out_for(host, host.party, effect, state)


async def _carry_out_in_studio(
    host: Host, effect: CheckPin | FindPrompt | KeepRecording | ClearBulletin, state: SessionState
) -> EffectDone:
    """Do what an administrator may who changes what callers hear."""
    match effect:
        case CheckPin():
            return await check_pin(host, effect, state.keyed)
        case FindPrompt():
            return find_prompt(host.contents.live, effect)
        case KeepRecording():
            return await keep_recording(host, effect)
        case ClearBulletin():
            return await clear_bulletin(host, effect)


async def _carry_out_for(host: Host, party: Party, effect: Effect, state: SessionState) -> EffectDone:
    """Do what takes a customer whom we know."""
    match effect:
        case Pay():
            return await pay(host.world, host.call.call_id, party.customer_id, effect)
        case CheckFactor():
            keyed = state.keyed.secrets[effect.secret].digits
            return await check_factor(host.world, party, effect, keyed, state.language)
        case SetPin():
            first, second = (state.keyed.secrets[name].digits for name in (effect.secret, effect.again))
            return await set_pin(host.world, party, effect, first, second)
        case TakeCard():
            card = {name: secret.digits for name, secret in state.keyed.secrets.items()}
            today = host.world.clock().astimezone(host.contents.live.time_zone).date()
            return await take_card(host.world, party.customer_id, effect, card, today)
        case SetPreference():
            return await set_preference(host.world, party, effect)
        case RequestCallback() if party.alert_id is not None:
            return await request_callback(host, party.alert_id, effect)
        case _:
            log.error("nothing carries out this effect", effect=effect.kind, call=host.call.call_id)
            return EffectDone(effect.effect_id, effect.failure)
