"""Let an administrator into the studio, or nobody."""

from __future__ import annotations

import hmac

import structlog

from ivr.engine.host import Host
from ivr.engine.lockout import Lockout
from ivr.engine.ports import Transaction
from ivr.flows.effects import CheckPin
from ivr.flows.events import EffectDone
from ivr.flows.keyed import Keyed

log = structlog.get_logger()

STUDIO = "studio"
"""The door's name among the lock-outs."""


async def check_pin(host: Host, effect: CheckPin, keyed: Keyed) -> EffectDone:
    """Compare what was keyed with the PIN, in constant time, and count what was wrong over all calls."""
    pin = host.world.studio.pin()
    if pin is None:
        return EffectDone(effect.effect_id, "closed")
    secret = keyed.secrets[effect.secret].digits
    is_right, now = hmac.compare_digest(pin.encode(), secret.encode()), host.world.clock()

    def judge(tx: Transaction) -> str:
        door = tx.lockouts.get(STUDIO)
        if door.is_locked(now):
            return "locked"
        tx.lockouts.put(STUDIO, Lockout() if is_right else door.after_failure(now))
        return "match" if is_right else "no_match"

    result = await host.world.store.write(judge)
    log.info("somebody keyed a studio PIN", call=host.call.call_id, result=result)
    return EffectDone(effect.effect_id, result)
