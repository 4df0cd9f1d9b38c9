"""Stop calling somebody, from the key on."""

from __future__ import annotations

from datetime import datetime

from ivr.accounts.suppression import Suppression
from ivr.engine.host import Party
from ivr.engine.ports import Transaction
from ivr.engine.world import World
from ivr.flows.effects import OptOut
from ivr.flows.events import EffectDone


def opt_out(
    tx: Transaction, customer_id: str, address: str, topic: str | None, source: str, now: datetime
) -> None:
    """Suppress the customer and the number, each on its own: either alone stops a call.

    `topic` None covers everything.
    """
    tx.customers.add_suppression(Suppression(customer_id, None, topic, now, source))
    tx.customers.add_suppression(Suppression(None, address, topic, now, source))


async def carry_out_opt_out(world: World, party: Party, command: OptOut) -> EffectDone:
    """Carry out what a key asked for; the same again changes nothing."""
    now, covered = world.clock(), None if command.everything else party.topic
    await world.store.write(lambda tx: opt_out(tx, party.customer_id, party.address, covered, "keypad", now))
    return EffectDone(command.effect_id, "done")
