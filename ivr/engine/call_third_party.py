"""Somebody to whom a customer passed a matter on wants to be called about it."""

from __future__ import annotations

import uuid
from datetime import datetime
from functools import partial

import structlog

from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.alerts.alert import Alert, AlertState
from ivr.engine.content import Content, Contents
from ivr.engine.plan_next_attempt import plan_next_attempt
from ivr.engine.ports import Transaction
from ivr.engine.world import World
from ivr.phone_number import PhoneNumber, never_dialled, parse_phone_number, region_of

log = structlog.get_logger()


def may_call_third_party(content: Content, alert: Alert) -> bool:
    """Say whether the rule has a call for whoever an alert is passed on to."""
    rule = content.book.rules.get(alert.rule)
    return alert.forwarded is not None and rule is not None and rule.forward is not None


async def call_third_party(world: World, contents: Contents, alert_id: str, written: str) -> bool:
    """Have the number called that they wrote, by the rule's hours, caps and retries; False: it is not."""
    now = world.clock()
    why = await world.store.write(partial(_call, contents, alert_id, written, now))
    log.info("somebody to whom an alert was passed on wants a call", alert=alert_id, refused=why)
    return why is None


def _call(contents: Contents, alert_id: str, written: str, now: datetime, tx: Transaction) -> str | None:
    """Plan the call; return what stands against it."""
    alert = tx.alerts.get(alert_id)
    if not may_call_third_party(contents.live, alert):
        return "the rule calls nobody else"
    try:
        number = parse_phone_number(written, region_of(contents.live.company.phone))
    except ValueError:
        return "it is no telephone number"
    if (never := never_dialled(number)) is not None:
        return never
    if any(each.covers(alert.topic) for each in tx.customers.suppressions_at(number)):
        return "whoever has that number asked not to be called"
    point = _contact_point(alert.customer_id, number)
    tx.customers.add_third_party(point)
    if not tx.customers.contact_point(point.id).usable:
        return "somebody there has said that it is a wrong number"
    if tx.attempts.ready_of(alert_id) is not None:
        return None  # it is on its way
    if alert.state is not AlertState.OPEN:
        tx.alerts.reopen(alert_id, max(alert.expires_at, now))
    tx.alerts.reach(alert_id, point.id)
    plan_next_attempt(tx, contents, tx.alerts.get(alert_id), now)
    return None


def _contact_point(customer_id: str, number: PhoneNumber) -> ContactPoint:
    point_id = uuid.uuid5(uuid.NAMESPACE_OID, f"{customer_id}/{number}/third party").hex
    return ContactPoint(point_id, customer_id, Medium.VOICE, number, third_party=True)
