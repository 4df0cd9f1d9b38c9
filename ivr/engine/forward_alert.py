"""Pass a customer's alert on to somebody else: a new alert with an attempt of its own, once an effect.

All of it is written in one transaction under the id of the effect, so that the same effect asked for again
after a crash finds it and passes nothing on a second time. Nobody is dialled here: the attempt goes through
the ledger like any other, with the rule's hours, caps and blocks. What goes in writing is a queued message.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

import structlog

from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.alerts.alert import Alert, AlertState, Forwarded
from ivr.alerts.forwarding import forwarded_alert
from ivr.engine.content import Contents
from ivr.engine.forward_in_writing import NotSentError, write_forward
from ivr.engine.forward_ways import forward_way, forward_ways
from ivr.engine.host import Host
from ivr.engine.plan_next_attempt import plan_next_attempt
from ivr.engine.ports import Transaction
from ivr.engine.world import World
from ivr.flows.compliance import ForwardWay
from ivr.flows.effects import ForwardAlert
from ivr.flows.events import EffectDone
from ivr.phone_number import never_dialled, parse_phone_number
from ivr.rules.rule import Rule

log = structlog.get_logger()

_DAY = timedelta(days=1)


async def forward_alert(host: Host, alert_id: str, wanted: ForwardAlert) -> EffectDone:
    """Return `done` when it is passed on, or was before under this effect; else `refused` or `failed`."""
    world, call_id = host.world, host.call.call_id
    new_id, now = _alert_id(call_id, wanted), world.clock()

    def work(tx: Transaction) -> tuple[str, str]:
        return _forward(tx, world, host.contents, tx.alerts.get(alert_id), new_id, wanted, now)

    try:
        result, why = await world.store.write(work)
    except NotSentError as error:
        result, why = error.result, str(error)  # nothing of it is written
    log.info("an alert is passed on" if result == "done" else "an alert is not passed on", why=why)
    return EffectDone(wanted.effect_id, result)


async def forwarded(world: World, call_id: str, begun: ForwardAlert) -> EffectDone | None:
    """Return the result of an effect that was open when the call ended; None when nothing came of it."""
    alert_id = _alert_id(call_id, begun)
    known = await world.store.read(lambda tx: tx.alerts.exists(alert_id))
    return EffectDone(begun.effect_id, "done") if known else None


def _alert_id(call_id: str, wanted: ForwardAlert) -> str:
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{call_id}/{wanted.effect_id}/forward").hex


def _forward(
    tx: Transaction,
    world: World,
    contents: Contents,
    alert: Alert,
    new_id: str,
    wanted: ForwardAlert,
    now: datetime,
) -> tuple[str, str]:
    """Return the result, and why."""
    live = contents.live
    if tx.alerts.exists(new_id):
        return "done", "it was passed on before"
    rule = live.book.rules.get(alert.rule)
    if rule is None or not forward_ways(rule, live.flows, live.profiles):
        return "refused", "the rule's profile never passes an alert on"
    if (why := _objection(tx, rule, alert, wanted.number, now)) is not None:
        return "refused", why
    way = forward_way(tx, live, world.messaging, rule, alert.customer_id)
    if way is None or (way is ForwardWay.LINK) != (wanted.number is None):
        return "failed", f"it can't be passed on so; there are means for {way or 'no way'}"
    point = None if wanted.number is None else _contact_point(alert.customer_id, wanted.number, way)
    if point is not None:
        tx.customers.add_third_party(point)
        if not tx.customers.contact_point(point.id).usable:
            return "refused", "somebody there has said that it is a wrong number"
    to = Forwarded(alert.id, None if point is None else point.id, wanted.comment)
    passed_on = forwarded_alert(alert, new_id, to, now, live.version)
    if way is ForwardWay.CALL:
        is_new = tx.alerts.add(passed_on)
        if is_new:
            plan_next_attempt(tx, contents, passed_on, now)
    else:
        is_new = write_forward(tx, live, world.messaging, passed_on, point, now)
    return ("done", "as asked") if is_new else ("refused", "this alert was passed on so before")


def _contact_point(customer_id: str, number: str, way: ForwardWay) -> ContactPoint:
    medium, kind = (Medium.SMS, "/sms") if way is ForwardWay.TEXT else (Medium.VOICE, "")
    point_id = uuid.uuid5(uuid.NAMESPACE_OID, f"{customer_id}/{number}/third party{kind}").hex
    return ContactPoint(point_id, customer_id, medium, number, third_party=True)


def _objection(tx: Transaction, rule: Rule, alert: Alert, keyed: str | None, now: datetime) -> str | None:
    """Return what stands against passing the alert on (to a number); None when nothing does."""
    if rule.forward is None:
        return "the rule does not pass its alerts on"
    if alert.state is not AlertState.OPEN:
        return f"the alert is {alert.state}"
    if tx.alerts.forwards_since(alert.customer_id, now - _DAY) >= rule.forward.per_day:
        return f"{rule.forward.per_day} alerts a day are passed on, and no more"
    return None if keyed is None else objection_to(tx, alert, keyed)


def objection_to(tx: Transaction, alert: Alert, keyed: str) -> str | None:
    """Return what stands against calling a number about an alert that is passed on; None: nothing does."""
    try:
        number = parse_phone_number(keyed)
    except ValueError:
        return "it is no telephone number"
    if (never := never_dialled(number)) is not None:
        return never
    own = tx.customers.contact_points(alert.customer_id)
    if number in {point.address for point in own}:
        return "it is the customer's own number"
    if any(each.covers(alert.topic) for each in tx.customers.suppressions_at(number)):
        return "whoever has that number asked not to be called"
    return None
