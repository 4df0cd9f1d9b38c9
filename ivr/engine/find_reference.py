"""Find whom a keyed reference belongs to; too many wrong ones close the door for the number that calls."""

from __future__ import annotations

from collections.abc import Mapping

import structlog

from ivr.alerts.reference import is_reference
from ivr.engine.contact_media import contact_media
from ivr.engine.host import Host
from ivr.engine.matter import matter_variables
from ivr.engine.ports import Transaction
from ivr.errors import StoreError
from ivr.flows.effects import FindReference
from ivr.flows.events import EffectDone
from ivr.flows.state import SessionState

log = structlog.get_logger()


async def find_reference(host: Host, effect: FindReference, state: SessionState) -> EffectDone:
    """Return what the call can speak of (`found`), `unknown`, or `locked`, which the last wrong try is.

    Mistyped digits have a wrong check digit: they are unknown and count for nothing. Whoever guesses keys
    right check digits, and is counted. A right one takes nothing back: somebody may have one, and guess for
    others.
    """
    digits, now = state.keyed.secrets[effect.secret].digits, host.world.clock()
    door = f"reference:{state.line.number or 'withheld'}"

    def judge(tx: Transaction) -> tuple[str, Mapping[str, object]]:
        stands = tx.lockouts.get(door)
        if stands.is_locked(now):
            return "locked", {}
        if not is_reference(digits):
            return "unknown", {}
        found = _found(tx, host, digits)
        if found is not None:
            return "found", found
        failed = stands.after_failure(now)
        tx.lockouts.put(door, failed)
        if state.line.number is not None:
            tx.caller_blocks.reference_failed(state.line.number, now)
        return ("locked" if failed.is_locked(now) else "unknown"), {}

    result, values = await host.world.store.write(judge)
    log.info("somebody keyed a reference", call=host.call.call_id, result=result)
    return EffectDone(effect.effect_id, result, values)


def _found(tx: Transaction, host: Host, digits: str) -> Mapping[str, object] | None:
    alert = tx.alerts.by_reference(digits)
    if alert is None:
        return None
    customer, account = tx.customers.customer(alert.customer_id), tx.customers.account(alert.account_id)
    call = tx.calls.get(host.call.call_id)
    if customer is None or call is None:
        raise StoreError(f"alert {alert.id} belongs to nobody, or call {host.call.call_id} has no row")
    now = host.world.clock()
    media = contact_media(tx, host.world.messaging, customer.id)
    return matter_variables(
        tx, host.world, host.contents, call, customer, account, alert, now, media=media, by_reference=True
    )
