"""After an alert's beginning or an attempt's end: write the next attempt, or end the alert."""

from __future__ import annotations

from datetime import datetime, timedelta

from ivr.alerts.alert import Alert, AlertState
from ivr.attempts.attempt import NewAttempt
from ivr.attempts.next_action import NextAttempt, next_action
from ivr.engine.content import Contents
from ivr.engine.ports import Transaction


def plan_next_attempt(
    tx: Transaction, contents: Contents, alert: Alert, now: datetime, asked_for: datetime | None = None
) -> NextAttempt | None:
    """Decide from the alert's history; None when nothing is left to be tried and the alert has ended.

    `asked_for` is when the customer has just asked to be called.
    """
    book = contents.pinned(alert.content_version).book
    rule = book.rules.get(alert.rule)
    history = tx.attempts.history(alert.id, alert.cycle)
    if rule is None or any(attempt.step >= len(rule.plan) for attempt in history):
        tx.alerts.end(alert.id, AlertState.EXHAUSTED, "rule_withdrawn", now)
        return None
    contact_points = tx.customers.contact_points(alert.customer_id)
    customer = tx.customers.customer(alert.customer_id)
    preferred = customer.preferred_medium if customer else None
    retry = book.retry_rule_of(rule)
    action = next_action(rule.plan, retry, contact_points, history, now, asked_for, preferred)
    if not isinstance(action, NextAttempt):
        tx.alerts.end(alert.id, AlertState.EXHAUSTED, action.reason, now)
        return None
    due_at = max(action.due_at, alert.deferred_until or action.due_at)
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
