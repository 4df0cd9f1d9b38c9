"""Charge what customers agreed to have charged every month, on its day, at most once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from itertools import count, takewhile

import structlog

from ivr.accounts.account_event import AccountEvent, AccountEventKind
from ivr.engine.content import Contents
from ivr.engine.open_intent import AMOUNT_CHANGED, UNREACHABLE, Origin
from ivr.engine.pay import intent_id_of, pay
from ivr.engine.ports import Transaction
from ivr.engine.reconcile_payments import NEVER_CONFIRMED
from ivr.engine.world import World
from ivr.errors import FencedError
from ivr.flows.effects import Pay
from ivr.money import Money
from ivr.payments.authorisation import AmountTerms, Authorisation, month_after
from ivr.payments.intent import IntentState

log = structlog.get_logger()

ALL = 1_000_000
LOOKS = 5
"""How often a payment is begun anew at one look, because the account changed right before."""
TRY_AGAIN = timedelta(hours=1)
"""So long a provider that was away is left alone."""
NOTHING_DUE = "nothing_due"
DECLINED = "declined"

ENDED = "authorisation_ended"
ANOTHER_OWNER = "account_of_another_customer"
ON_HOLD = "on_hold"
_AWAY = (UNREACHABLE, NEVER_CONFIRMED)
_LATER = (ENDED, ANOTHER_OWNER, ON_HOLD, AMOUNT_CHANGED, *_AWAY)
"""Nothing was charged, and not because the method was declined: the day stays, and is looked at again."""


async def pay_automatically(world: World, contents: Contents) -> int:
    """Charge each account whose day has come; return how many payments were made.

    What went wrong with one is logged and tried again at the next look. An answer that is still out is looked
    up then: nothing is charged twice, because the payment of an authorisation and day is one intent, and a
    new one is made only when it is known that the last one was not charged.
    """
    if world.gateway.moves_money and not await world.store.read(lambda tx: tx.controls.is_live()):
        return 0
    today = world.clock().astimezone(contents.live.time_zone).date()
    # All of them: those that wait for a hold to end must not keep the others from their turn.
    due = await world.store.read(lambda tx: tx.authorisations.due(today, ALL))
    made = 0
    for authorisation in due:
        try:
            made += await _pay(world, contents, authorisation, today) == "success"
        except FencedError:
            raise
        except Exception:
            log.exception("an automatic payment could not be made", authorisation=authorisation.id)
    return made


async def _pay(world: World, contents: Contents, authorisation: Authorisation, today: date) -> str:
    result = await _result(world, contents, authorisation)
    if result == "provider_error":
        log.warning("nobody knows yet of an automatic payment", authorisation=authorisation.id)
        return result
    if result in _LATER and result == authorisation.last_result:
        return result
    if result not in ("success", NOTHING_DUE):
        log.warning("an automatic payment was not made", authorisation=authorisation.id, result=result)
    next_on = authorisation.next_on if result in _LATER else _next_day(authorisation, today)
    now = world.clock()

    def work(tx: Transaction) -> None:
        tx.authorisations.paid(authorisation.id, result, next_on)
        if result == DECLINED:
            tx.account_events.add(_declined(authorisation, today, now))

    await world.store.write(work)
    return result


def _declined(authorisation: Authorisation, today: date, now: datetime) -> AccountEvent:
    return AccountEvent(
        key=f"automatic_payment_declined/{authorisation.id}/{authorisation.next_on}",
        kind=AccountEventKind.AUTOMATIC_PAYMENT_DECLINED,
        account_id=authorisation.account_id,
        at=now,
        on=today,
        payload={"authorisation": authorisation.id, "was_due_on": authorisation.next_on.isoformat()},
    )


def _next_day(authorisation: Authorisation, today: date) -> date:
    next_on = month_after(authorisation.next_on)
    while next_on <= today:  # days that nobody was there for are not made up for one by one
        next_on = month_after(next_on)
    return next_on


async def _result(world: World, contents: Contents, authorisation: Authorisation) -> str:
    origin = Origin(authorisation_id=authorisation.id)
    for _ in range(LOOKS):
        command = await world.store.read(lambda tx: _command(tx, authorisation, world.clock()))
        if isinstance(command, str):
            return command
        objection = partial(_objection, authorisation, world.clock())
        call_id, customer_id = authorisation.id, authorisation.customer_id
        done = await pay(world, contents, call_id, customer_id, command, objection, origin)
        if done.result != "settled":
            reason = done.values.get("reason")
            return str(reason) if done.result == "declined" and reason in _LATER else done.result
    return AMOUNT_CHANGED


def _command(tx: Transaction, authorisation: Authorisation, now: datetime) -> Pay | str:
    """Return the payment that is to be made now; in a word why where there is none.

    `success` where that of this day was made, and nobody lived to write it down.
    """
    if _was_made(tx, authorisation):
        return "success"
    if (against := _objection(authorisation, now, tx)) is not None:
        return against
    due = _due(tx, authorisation)
    if due is None:
        return NOTHING_DUE
    amount, amount_due = due
    for command in _tries(authorisation, amount, amount_due):
        intent = tx.payments.get(intent_id_of(authorisation.id, command))
        if intent is None or intent.reason not in _LATER:
            return command
        if intent.reason in _AWAY and intent.opened_at and now - intent.opened_at < TRY_AGAIN:
            return intent.reason
    raise AssertionError("the tries of a day never run out")


def _was_made(tx: Transaction, authorisation: Authorisation) -> bool:
    nothing = Money(0, "XXX")  # the ids of a day's payments are those of whatever amount
    ids = (intent_id_of(authorisation.id, each) for each in _tries(authorisation, nothing, nothing))
    begun = takewhile(lambda intent: intent is not None, (tx.payments.get(each) for each in ids))
    return any(intent is not None and intent.state is IntentState.SUCCEEDED for intent in begun)


def _objection(authorisation: Authorisation, now: datetime, tx: Transaction) -> str | None:
    """Return what stands against charging it, as the store is now."""
    lasting = tx.authorisations.of_account(authorisation.account_id)
    if lasting is None or lasting.id != authorisation.id:
        return ENDED
    account = tx.customers.account(authorisation.account_id)
    if account is not None and account.customer_id != authorisation.customer_id:
        return ANOTHER_OWNER
    holds = tx.holds.of([authorisation.customer_id])
    return ON_HOLD if any(hold.rests_on(authorisation.account_id, now) for hold in holds) else None


def _due(tx: Transaction, authorisation: Authorisation) -> tuple[Money, Money] | None:
    """Return what is to be charged, and what is due altogether; None where nothing is."""
    account = tx.customers.account(authorisation.account_id)
    if account is None or account.amount_due.minor <= 0:
        return None
    due, least = account.amount_due, account.minimum_due
    if authorisation.terms is AmountTerms.DUE:
        return due, due
    # Never all of it in the place of a minimum that was met, or that nobody knows of.
    return None if least is None or least.minor <= 0 else (min(least, due, key=lambda each: each.minor), due)


def _tries(authorisation: Authorisation, amount: Money, due: Money) -> Iterator[Pay]:
    """Yield the payments of its day, one after the other: each is made when the one before was not."""
    day = int(authorisation.next_on.strftime("%Y%m%d")) * 10_000
    command = Pay(day, authorisation.account_id, amount, authorisation.method_id, due=due)
    return (replace(command, effect_id=day + number) for number in count())
