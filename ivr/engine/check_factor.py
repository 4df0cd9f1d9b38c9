"""Compare what somebody keyed with what the customer store holds, in a limited number of tries.

A try is counted before it is compared, and taken back by a match: a crash in between, or two calls at once,
let nobody try more often.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial

import structlog

from ivr.accounts.known_factors import KnownFactors
from ivr.engine.pin_hash import is_pin
from ivr.engine.ports import Transaction
from ivr.engine.world import World
from ivr.flows.effects import CheckFactor
from ivr.flows.events import EffectDone
from ivr.flows.factor import Factor
from ivr.flows.factor_digits import digits_of
from ivr.flows.on_the_line import Party

log = structlog.get_logger()

MOST_FAILURES = 5
"""Failed tries of one customer, by whatever factor and in whichever call, until nobody may try any more."""
WINDOW = timedelta(hours=24)
"""How long a failed try counts."""


async def check_factor(
    world: World, party: Party, command: CheckFactor, keyed: str, language: str
) -> EffectDone:
    """Say whether `keyed` is right; `locked` comes with the last wrong try already, and for all after it."""
    now = world.clock()
    known = await world.store.read(partial(known_factors, party))
    is_right = _comparison(command.factor, known, keyed, language)
    if is_right is None:
        return EffectDone(command.effect_id, "unavailable")
    tries = await world.store.write(partial(_begin_try, party, now))
    if tries is None:
        return EffectDone(command.effect_id, "locked")
    if await is_right():
        await world.store.write(lambda tx: tx.factors.tries_forgiven(party.customer_id))
        return EffectDone(command.effect_id, "match")
    if tries < MOST_FAILURES:
        return EffectDone(command.effect_id, "no_match")
    log.warning("nobody may prove to be this customer for now", customer=party.customer_id, tries=tries)
    return EffectDone(command.effect_id, "locked")


def known_factors(party: Party, tx: Transaction) -> KnownFactors:
    """Return what is known of the customer whom a call is with, as it is now."""
    customer = tx.customers.customer(party.customer_id)
    if party.account_id is not None:
        account = tx.customers.account(party.account_id)
    else:  # a caller's: the account that matters most
        account = next(iter(tx.customers.accounts_of(party.customer_id)), None)
    alerts = tx.alerts.open_of(party.customer_id)
    return KnownFactors(
        birth_date=customer.birth_date if customer else None,
        postcode=customer.postcode if customer else None,
        account_ending=account.ending if account else None,
        pin_hash=tx.factors.pin_hash(party.customer_id),
        references=tuple(alert.reference for alert in alerts if alert.reference is not None),
    )


def _comparison(
    factor: Factor, known: KnownFactors, keyed: str, language: str
) -> Callable[[], Awaitable[bool]] | None:
    """Return what compares, once a try is counted; None when there is nothing to compare with."""
    if factor is Factor.PIN:
        return None if known.pin_hash is None else partial(is_pin, known.pin_hash, keyed)
    if factor is Factor.REFERENCE:
        return partial(_is_one_of, known.references, keyed) if known.references else None
    expected = digits_of(factor, known, language, len(keyed))
    return None if expected is None else partial(_is_same, expected, keyed)


def _begin_try(party: Party, now: datetime, tx: Transaction) -> int | None:
    return tx.factors.begin_try(party.customer_id, now, now - WINDOW, MOST_FAILURES)


async def _is_one_of(references: tuple[str, ...], keyed: str) -> bool:
    # Each is compared, so that the time tells nothing.
    return any([await _is_same(reference, keyed) for reference in references])


async def _is_same(expected: str, keyed: str) -> bool:
    return hmac.compare_digest(expected.encode(), keyed.encode())
