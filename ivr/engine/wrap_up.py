"""An agent tells by keypad what the call came to that they took last."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta, tzinfo

import structlog

from ivr.attempts.callback import next_time_of_day
from ivr.calling_hours import time_zone
from ivr.engine.content import Contents
from ivr.engine.ports import NewCall, Transaction
from ivr.engine.record_disposition import AgentWord, matter_of, tell_disposition
from ivr.engine.world import World
from ivr.errors import ContentError
from ivr.flows.effects import TellDisposition
from ivr.flows.events import EffectDone
from ivr.money import parse_money
from ivr.phone_number import PhoneNumber, time_zones_of

log = structlog.get_logger()

WITHIN = timedelta(minutes=30)
"""How long after the end of a call its agent may tell by keypad what it came to."""


@dataclass(frozen=True, slots=True)
class KeyedFor:
    """What keyed details are read by."""

    currency: str | None
    """Of the account that the call was about."""
    clocks: tuple[tzinfo, ...]
    """Those that the customer may go by."""


async def wrap_up(world: World, contents: Contents, call_id: str, command: TellDisposition) -> EffectDone:
    """Keep the word on the last call that this telephone took, by the same way as the word of a program.

    `call_id` is the call in which the agent says it.
    `no_call`: it took none lately; `failed`: the word does not fit that call, and nothing was done.
    """
    since, live = world.clock() - WITHIN, world.telephony.live_call_of
    found = await world.store.read(lambda tx: _last_taken(tx, call_id, since, live))
    if found is None:
        return EffectDone(command.effect_id, "no_call")
    agent, taken = found
    word = AgentWord(
        story_id=taken.asked_for_as,
        client="keypad",
        key=f"{call_id}/{command.effect_id}",  # asked for again after a drop, it is the same word
        agent=agent,
        disposition=command.disposition,
        medium="keypad",
    )
    matter = await world.store.read(lambda tx: _matter(tx, taken, word))
    try:
        details = keyed_details(command, matter, world.clock())
        await tell_disposition(world, contents, replace(word, details=details))
    except (ContentError, ValueError) as error:
        log.warning("an agent's word does not fit the call", call=taken.id, error=str(error))
        return EffectDone(command.effect_id, command.failure)
    log.info("an agent told what a call came to", client="keypad", call=taken.id)
    return EffectDone(command.effect_id, "done")


def keyed_details(command: TellDisposition, matter: KeyedFor, now: datetime) -> Mapping[str, object]:
    """Return the details as programs give them; raises ValueError for what stands for nothing here."""
    if command.on is not None:
        return {"on": command.on, **_amount(command.units, matter)}
    if command.at is None:
        return {}
    moment = next_time_of_day(now, time.fromisoformat(command.at), matter.clocks)
    if moment is None:
        raise ValueError("nobody knows what time it is where the customer is")
    return {"moment": moment.isoformat()}


def _amount(units: str | None, matter: KeyedFor) -> Mapping[str, object]:
    if not units or not int(units):
        return {}
    if matter.currency is None:
        raise ValueError("nobody knows the account, and so the currency")
    amount = parse_money(units, matter.currency)
    return {"amount_minor": amount.minor, "currency": amount.currency}


def _matter(tx: Transaction, taken: NewCall, word: AgentWord) -> KeyedFor:
    matter = matter_of(tx, taken, word)
    customer = None if matter.customer_id is None else tx.customers.customer(matter.customer_id)
    names = [customer.time_zone] if customer is not None and customer.time_zone else []
    if not names and taken.number:
        names = list(time_zones_of(PhoneNumber(taken.number)))
    clocks = tuple(zone for name in names if (zone := time_zone(name)) is not None)
    return KeyedFor(None if matter.account is None else matter.account.amount_due.currency, clocks)


def _last_taken(
    tx: Transaction, this: str, since: datetime, live: Callable[[str], str | None]
) -> tuple[str, NewCall] | None:
    call = tx.calls.get(this)
    if call is None:
        return None
    for agent in _names(call):
        # The agent may have left a call in which the customer is still asked how it was.
        up = live(agent)
        taken = tx.calls.last_taken_by(agent, since) if up is None else tx.calls.get(up)
        if taken is not None:
            return agent, taken
    return None


def _names(call: NewCall) -> Sequence[str]:
    """Return by what an agent is known who calls: the softphone, and its number.

    A number is believed only where a code was dialled, which our telephones alone can: the telephone network
    lets anybody call from any number.
    """
    is_of_ours = call.caller_id is not None and not call.caller_id.startswith("+")
    return [name for name in (call.trunk, call.number if is_of_ours else "") if name]
