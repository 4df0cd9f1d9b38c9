"""Charge what customers agreed to have charged every month, on its day, at most once."""

from __future__ import annotations

from datetime import date

import structlog

from ivr.engine.content import Contents
from ivr.engine.pay import pay
from ivr.engine.ports import Transaction
from ivr.engine.world import World
from ivr.errors import FencedError
from ivr.flows.effects import Pay
from ivr.money import Money
from ivr.payments.authorisation import AmountTerms, Authorisation, month_after

log = structlog.get_logger()

AT_ONCE = 100
LOOKS = 5
"""How often a payment is begun anew on one day, because the account changed right before."""
NOTHING_DUE = "nothing_due"


async def pay_automatically(world: World, contents: Contents) -> int:
    """Charge each account whose day has come; return how many payments were made.

    What went wrong with one is logged and tried again at the next look. An answer that is still out is looked
    up then: nothing is charged twice, because the payment of an authorisation and day is one intent.
    """
    today = world.clock().astimezone(contents.live.time_zone).date()
    due = await world.store.read(lambda tx: tx.authorisations.due(today, AT_ONCE))
    made = 0
    for authorisation in due:
        try:
            made += await _pay(world, authorisation, today) == "success"
        except FencedError:
            raise
        except Exception:
            log.exception("an automatic payment could not be made", authorisation=authorisation.id)
    return made


async def _pay(world: World, authorisation: Authorisation, today: date) -> str:
    result = await _result(world, authorisation)
    if result == "provider_error":
        log.warning("nobody knows yet of an automatic payment", authorisation=authorisation.id)
        return result
    if result not in ("success", NOTHING_DUE):
        log.warning("an automatic payment was not made", authorisation=authorisation.id, result=result)
    next_on = month_after(authorisation.next_on)
    while next_on <= today:  # days that nobody was there for are not made up for one by one
        next_on = month_after(next_on)
    await world.store.write(lambda tx: tx.authorisations.paid(authorisation.id, result, next_on))
    return result


async def _result(world: World, authorisation: Authorisation) -> str:
    for look in range(LOOKS):
        due = await world.store.read(lambda tx: _due(tx, authorisation))
        if due is None:
            return NOTHING_DUE
        amount, amount_due = due
        effect_id = int(authorisation.next_on.strftime("%Y%m%d")) * 10 + look
        command = Pay(effect_id, authorisation.account_id, amount, authorisation.method_id, due=amount_due)
        result = (await pay(world, authorisation.id, authorisation.customer_id, command)).result
        if result != "settled":
            return result
    return "settled"


def _due(tx: Transaction, authorisation: Authorisation) -> tuple[Money, Money] | None:
    """Return what is to be charged, and what is due altogether; None where nothing is."""
    account = tx.customers.account(authorisation.account_id)
    if account is None or account.amount_due.minor <= 0:
        return None
    due, least = account.amount_due, account.minimum_due
    if authorisation.terms is AmountTerms.MINIMUM and least is not None and 0 < least.minor < due.minor:
        return least, due
    return due, due
