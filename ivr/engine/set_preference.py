"""Keep what a customer chose on how and when to be reached."""

from __future__ import annotations

from ivr.accounts.contact_point import Medium
from ivr.calling_hours import parse_windows
from ivr.engine.ports import Choice
from ivr.engine.world import World
from ivr.flows.effects import SetPreference
from ivr.flows.events import EffectDone
from ivr.flows.on_the_line import Party


async def set_preference(world: World, party: Party, command: SetPreference) -> EffectDone:
    """Keep it at once, whatever becomes of the call; the same again changes nothing."""
    try:
        (hours,) = parse_windows("-".join(command.hours)) if command.hours else (None,)
    except ValueError:
        return EffectDone(command.effect_id, "refused")
    medium = Medium(command.medium) if command.medium else None
    choice = Choice(command.language, medium, hours, command.any_hours, command.tempo)
    await world.store.write(lambda tx: tx.customers.prefer(party.customer_id, choice))
    return EffectDone(command.effect_id, "done")
