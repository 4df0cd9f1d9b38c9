"""Stop calling somebody, from the key on."""

from __future__ import annotations

from datetime import datetime

import structlog

from ivr.accounts.suppression import KEYPAD, Suppression
from ivr.engine.ports import Transaction
from ivr.engine.world import World
from ivr.flows.effects import OptOut
from ivr.flows.events import EffectDone
from ivr.flows.on_the_line import OnTheLine

log = structlog.get_logger()


def opt_out(
    tx: Transaction,
    customer_id: str | None,
    address: str | None,
    topic: str | None,
    source: str,
    now: datetime,
) -> None:
    """Suppress the customer and the number, as far as each is known: either alone stops a call.

    `topic` None covers everything. What they are invited to every month ends with it.
    """
    if customer_id is not None:
        tx.customers.add_suppression(Suppression(customer_id, None, topic, now, source))
        tx.invitations.end_of(customer_id, topic, "opted_out", now)
    if address is not None:
        tx.customers.add_suppression(Suppression(None, address, topic, now, source))


async def carry_out_opt_out(
    world: World, line: OnTheLine, command: OptOut, source: str = KEYPAD
) -> EffectDone:
    """Carry out what a key asked for; the same again changes nothing.

    Of somebody whom we don't know the number is left alone, whatever it would be about.
    """
    now, party, address = world.clock(), line.acts_for, line.number
    customer_id = party.customer_id if party else None
    covered = None if command.everything or party is None else party.topic
    if customer_id is None and address is None:
        log.warning("nobody is known who could be left alone")
    await world.store.write(lambda tx: opt_out(tx, customer_id, address, covered, source, now))
    return EffectDone(command.effect_id, "done")
