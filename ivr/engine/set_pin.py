"""Store a new PIN that was keyed twice."""

from __future__ import annotations

from functools import partial

from ivr.accounts.guessable_pin import is_easily_guessed
from ivr.engine.check_factor import known_factors
from ivr.engine.pin_hash import hash_pin
from ivr.engine.world import World
from ivr.flows.effects import SetPin
from ivr.flows.events import EffectDone
from ivr.flows.on_the_line import Party


async def set_pin(world: World, party: Party, command: SetPin, first: str, second: str) -> EffectDone:
    """Keep the hash of a PIN; two entries that differ and one that is too easily guessed are not taken."""
    if first != second:
        return EffectDone(command.effect_id, "differ")
    if is_easily_guessed(first, await world.store.read(partial(known_factors, party))):
        return EffectDone(command.effect_id, "refused")
    pin_hash, now = await hash_pin(first), world.clock()
    await world.store.write(lambda tx: tx.factors.set_pin(party.customer_id, pin_hash, now))
    return EffectDone(command.effect_id, "done")
