"""Somebody to whom a customer passed a matter on wants to be called about it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from functools import partial

import structlog

from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.alerts.alert import Alert, AlertState
from ivr.attempts.attempt import TERMINAL, Attempt, AttemptState
from ivr.engine.content import Content, Contents
from ivr.engine.forward_alert import objection_to
from ivr.engine.plan_next_attempt import plan_next_attempt
from ivr.engine.ports import Transaction
from ivr.engine.world import World
from ivr.phone_number import PhoneNumber, parse_phone_number, region_of

log = structlog.get_logger()

_NOT_RUNG = frozenset({AttemptState.READY, AttemptState.CANCELLED, AttemptState.EXPIRED})


class CallMe(StrEnum):
    """What comes of the wish to be called."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    """It is being called this moment."""
    REFUSED = "refused"


def may_call_third_party(content: Content, alert: Alert) -> bool:
    """Say whether the rule has a call for whoever an alert is passed on to."""
    rule = content.book.rules.get(alert.rule)
    return alert.forwarded is not None and rule is not None and rule.forward is not None


async def call_third_party(world: World, contents: Contents, alert_id: str, written: str) -> CallMe:
    """Have the number called that they wrote, by the rule's hours, caps and retries; one number an alert.

    A number that nobody has rung yet can be corrected.
    """
    now = world.clock()
    result, why = await world.store.write(partial(_call, contents, alert_id, written, now))
    log.info("somebody to whom an alert was passed on wants a call", alert=alert_id, result=result, why=why)
    return result


def _call(
    contents: Contents, alert_id: str, written: str, now: datetime, tx: Transaction
) -> tuple[CallMe, str]:
    """Plan the call; return what came of it, and why."""
    alert = tx.alerts.lock(alert_id)
    rule = contents.live.book.rules.get(alert.rule)
    if rule is None or not may_call_third_party(contents.live, alert):
        return CallMe.REFUSED, "the rule calls nobody else"
    try:
        number = parse_phone_number(written, region_of(contents.live.company.phone))
    except ValueError:
        return CallMe.REFUSED, "it is no telephone number"
    tried, point = _tried(tx, alert), _contact_point(alert.customer_id, number)
    if (objection := _objection(tx, alert, point, tried)) is not None:
        return CallMe.REFUSED, objection
    if any(each.state not in TERMINAL and each.state is not AttemptState.READY for each in tried):
        return CallMe.UNDER_WAY, "it is being called"
    return _plan(tx, contents, alert, point, max(alert.expires_at, now + rule.expires_after), now)


def _objection(tx: Transaction, alert: Alert, point: ContactPoint, tried: Sequence[Attempt]) -> str | None:
    if (objection := objection_to(tx, alert, point.address)) is not None:
        return objection
    if any(each.state not in _NOT_RUNG and each.address != point.address for each in tried):
        return "another number was called about it"
    tx.customers.add_third_party(point)
    if not tx.customers.contact_point(point.id).usable:
        return "somebody there has said that it is a wrong number"
    return None


def _plan(
    tx: Transaction, contents: Contents, alert: Alert, point: ContactPoint, until: datetime, now: datetime
) -> tuple[CallMe, str]:
    waiting = tx.attempts.ready_of(alert.id)
    if waiting is not None:
        if not tx.attempts.redirect_ready(waiting.id, point):
            return CallMe.REFUSED, "the number that was given first is being called"
    elif alert.state is not AlertState.OPEN:
        tx.alerts.reopen(alert.id, until)
    tx.alerts.reach(alert.id, point.id, until)
    if waiting is None and plan_next_attempt(tx, contents, tx.alerts.get(alert.id), now) is None:
        return CallMe.REFUSED, "nothing is left to be tried"
    return CallMe.PLANNED, "as asked"


def _tried(tx: Transaction, alert: Alert) -> list[Attempt]:
    return [each for cycle in range(1, alert.cycle + 1) for each in tx.attempts.history(alert.id, cycle)]


def _contact_point(customer_id: str, number: PhoneNumber) -> ContactPoint:
    point_id = uuid.uuid5(uuid.NAMESPACE_OID, f"{customer_id}/{number}/third party").hex
    return ContactPoint(point_id, customer_id, Medium.VOICE, number, third_party=True)
