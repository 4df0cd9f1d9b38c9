"""After an alert's beginning or an attempt's end: write the next attempt, or end the alert."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.alerts.alert import Alert, AlertState
from ivr.alerts.forwarding import plan_of, retry_of, telling_alert
from ivr.attempts.attempt import NewAttempt
from ivr.attempts.next_action import NextAttempt, next_action
from ivr.engine.content import Contents
from ivr.engine.ports import Transaction


def plan_next_attempt(
    tx: Transaction, contents: Contents, alert: Alert, now: datetime, asked_for: datetime | None = None
) -> NextAttempt | None:
    """Decide from the alert's history; None when nothing is left to be tried and the alert has ended,
    or had before.

    `asked_for` is when the customer has just asked to be called: what they asked for earlier is over.
    """
    if alert.state is not AlertState.OPEN:
        return None  # settled in another call meanwhile
    book = contents.pinned(alert.content_version).book
    rule = book.rules.get(alert.rule)
    plan = () if rule is None else plan_of(alert, rule)
    history = tx.attempts.history(alert.id, alert.cycle)
    if rule is None or not plan or any(attempt.step >= len(plan) for attempt in history):
        end_alert(tx, contents, alert, AlertState.EXHAUSTED, "rule_withdrawn", now)
        return None
    retry_rule = book.retry_rules[retry_of(alert, rule)]
    points, preferred = _contact_points(tx, alert), _preferred_medium(tx, alert)
    action = next_action(plan, retry_rule, points, history, now, asked_for, preferred)
    if not isinstance(action, NextAttempt):
        end_alert(tx, contents, alert, AlertState.EXHAUSTED, action.reason, now)
        return None
    deferred_until = alert.deferred_until if asked_for is None else None
    due_at = max(action.due_at, deferred_until or action.due_at)
    tx.attempts.add(
        NewAttempt(
            alert_id=alert.id,
            customer_id=alert.customer_id,
            cycle=alert.cycle,
            attempt_no=len(history) + 1,
            step=action.step,
            medium=action.contact_point.medium,
            contact_point_id=action.contact_point.id,
            address=action.contact_point.address,
            due_at=due_at,
            rank_at=due_at - timedelta(seconds=alert.priority),
        )
    )
    return action


def _contact_points(tx: Transaction, alert: Alert) -> Sequence[ContactPoint]:
    """Return where whom the alert is for can be reached, by rank."""
    if alert.forwarded is None:
        return tx.customers.contact_points(alert.customer_id)
    point_id = alert.forwarded.contact_point_id
    return [] if point_id is None else [tx.customers.contact_point(point_id)]


def _preferred_medium(tx: Transaction, alert: Alert) -> Medium | None:
    customer = tx.customers.customer(alert.customer_id) if alert.forwarded is None else None
    return None if customer is None else customer.preferred_medium


def end_alert(
    tx: Transaction, contents: Contents, alert: Alert, state: AlertState, reason: str, now: datetime
) -> bool:
    """End an alert, False when it was ended before; of one that a customer passed on they are told, where
    the rule says so."""
    if not tx.alerts.end(alert.id, state, reason, now):
        return False
    if alert.forwarded is not None:
        _tell_customer(tx, contents, alert, now)
    return True


def _tell_customer(tx: Transaction, contents: Contents, alert: Alert, now: datetime) -> None:
    rule = contents.pinned(alert.content_version).book.rules.get(alert.rule)
    if rule is None or rule.forward is None or rule.forward.told is None:
        return
    telling = telling_alert(alert, uuid.uuid5(uuid.NAMESPACE_OID, f"{alert.id}/told").hex, now)
    if tx.alerts.add(telling):
        plan_next_attempt(tx, contents, telling, now)
