"""Do what a flow asks of the world: one case an effect, each a use case of its own."""

from __future__ import annotations

import structlog

from ivr.engine.host import Host
from ivr.engine.opt_out import carry_out_opt_out
from ivr.engine.pay import pay
from ivr.engine.take_card import take_card
from ivr.flows.effects import Effect, OptOut, Pay, TakeCard, Transfer
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
        case Pay():
            return await pay(host.world, host.call.call_id, host.party.customer_id, effect)
        case TakeCard():
            keyed = {name: secret.digits for name, secret in state.keyed.secrets.items()}
            today = host.world.clock().astimezone(host.contents.live.time_zone).date()
            return await take_card(host.world, host.party.customer_id, effect, keyed, today)
        case OptOut():
            return await carry_out_opt_out(host.world, host.party, effect)
        case _:
            log.error("nothing carries out this effect", effect=effect.kind, call=host.call.call_id)
            return EffectDone(effect.effect_id, effect.failure)
