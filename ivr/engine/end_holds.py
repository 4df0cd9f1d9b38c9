"""When a hold is over: take up again the alert that it ended, if its cause is still there."""

from __future__ import annotations

from datetime import datetime

from ivr.accounts.hold import Hold
from ivr.attempts.eligibility.decision import Decision, Verdict
from ivr.engine.content import Contents
from ivr.engine.plan_next_attempt import plan_next_attempt
from ivr.engine.ports import Transaction
from ivr.engine.world import World
from ivr.rules.matching import is_cause_gone

CHUNK = 100
"""Holds a transaction, so that calls going on at the same time never wait for long."""


async def end_holds(world: World, contents: Contents) -> int:
    """End every hold whose time is over or that was lifted; return how many alerts go on."""
    now = world.clock()
    resumed = 0
    while await world.store.read(lambda tx: tx.holds.over(now, 1)):
        resumed += await world.store.write(lambda tx: _end_some(tx, contents, now))
    return resumed


def _end_some(tx: Transaction, contents: Contents, now: datetime) -> int:
    resumed = 0
    for hold in tx.holds.over(now, CHUNK):
        tx.holds.ended(hold.id, now)
        resumed += hold.kind.is_taken_up_again and _resume(tx, contents, hold, now)
    return resumed


def _resume(tx: Transaction, contents: Contents, hold: Hold, now: datetime) -> bool:
    """Open the hold's alert again, in a new run of its plan; False when there is nothing to call about."""
    if hold.alert_id is None:
        return False
    ended = tx.alerts.get(hold.alert_id)
    rule = contents.live.book.rules.get(ended.rule)
    customer, account = tx.customers.customer(ended.customer_id), tx.customers.account(ended.account_id)
    if rule is None or customer is None or account is None:
        return False
    if is_cause_gone(rule, customer, account, now.astimezone(contents.live.time_zone).date()):
        return False
    alert = tx.alerts.reopen(ended.id, now + rule.expires_after)
    if alert is None:
        return False
    detail = f"{hold.kind.sentence}, and the cause is still there"
    tx.alerts.decided(alert.id, None, Decision("hold", Verdict.GO, "hold_over", detail), now)
    plan_next_attempt(tx, contents, alert, now)
    return True
