"""Find the step at which a call of whoever calls again broke off."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.engine.host import Host
from ivr.engine.line_of_call import state_of_talk
from ivr.engine.ports import Transaction
from ivr.flows.effects import FindStep
from ivr.flows.events import EffectDone
from ivr.flows.on_the_line import Party
from ivr.flows.rejoin import left_at
from ivr.flows.state import SessionState


async def find_step(host: Host, party: Party, effect: FindStep, state: SessionState) -> EffectDone:
    """Return where the last call from this number broke off, if it was about the matter that is open now."""

    def find(tx: Transaction) -> Mapping[str, object] | None:
        lost = broken_off(tx, host, state.line.number)
        is_same = lost is not None and bool(lost.matters) and lost.matters[-1][0] == party.alert_id
        return left_at(lost) if lost is not None and is_same and party.alert_id is not None else None

    found = await host.world.store.read(find)
    return EffectDone(effect.effect_id, "none" if found is None else "found", found or {})


def broken_off(tx: Transaction, host: Host, number: str | None) -> SessionState | None:
    """Return where the last call from this number stood, if it broke off within the time that counts."""
    since = host.world.clock() - host.world.resume_within
    dropped = None if number is None else tx.calls.dropped_of(number, since)
    return None if dropped is None else state_of_talk(tx, dropped)
