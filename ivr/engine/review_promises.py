"""Look whether promises were kept whose time is over; a broken one is an event that rules can look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ivr.accounts.account_event import AccountEvent, AccountEventKind
from ivr.accounts.promise import Promise, PromiseState, judge, paid_since
from ivr.engine.content import Contents
from ivr.engine.ports import Transaction
from ivr.engine.world import World

CHUNK = 100
"""Promises a transaction, so that calls going on at the same time never wait for long."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a review came to."""

    kept: int
    """Promises of which a part was kept in this review, and none broken."""
    broken: int


async def review_promises(world: World, contents: Contents) -> Reviewed:
    """Judge by the account every part whose time is over; the same again changes nothing."""
    now = world.clock()
    kept = broken = 0
    while await world.store.read(lambda tx: tx.promises.due(now, 1)):
        judged = await world.store.write(lambda tx: _judge_some(tx, contents, now))
        broken += sum(promise.state is PromiseState.BROKEN for promise in judged)
        kept += sum(promise.state is not PromiseState.BROKEN for promise in judged)
    return Reviewed(kept, broken)


def _judge_some(tx: Transaction, contents: Contents, now: datetime) -> list[Promise]:
    today = now.astimezone(contents.live.time_zone).date()
    return [_judge(tx, promise, today, now) for promise in tx.promises.due(now, CHUNK)]


def _judge(tx: Transaction, promise: Promise, today: date, now: datetime) -> Promise:
    booked = tx.promises.booked_since(promise.account_id, promise.was_due.currency, promise.made_at)
    account = tx.customers.account(promise.account_id)
    due_now = promise.was_due if account is None else account.amount_due
    judged = judge(promise, paid_since(promise, due_now, booked), now)
    tx.promises.judged(judged, now)
    if judged.state is PromiseState.BROKEN:
        tx.account_events.add(_broken(judged, today, now))
    return judged


def _broken(promise: Promise, today: date, now: datetime) -> AccountEvent:
    part = promise.broken_part
    return AccountEvent(
        key=f"promise_broken/{promise.id}",
        kind=AccountEventKind.PROMISE_BROKEN,
        account_id=promise.account_id,
        at=now,
        on=today,
        payload={
            "promise": promise.id,
            "outcome": promise.outcome_id,
            "amount_minor": None if part is None else part.amount.minor,
            "currency": promise.was_due.currency,
            "due_on": None if part is None else part.due_on.isoformat(),
        },
    )
