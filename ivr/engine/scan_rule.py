"""One tick of a rule: every account that matches becomes an alert with its first attempt, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ivr.alerts.make_alert import make_alert
from ivr.engine.content import Content
from ivr.engine.plan_next_attempt import plan_next_attempt
from ivr.engine.ports import Transaction
from ivr.rules.rule import Rule


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a tick came to."""

    matched: int
    """Accounts for which the rule's condition holds."""
    alerts: int
    """Of these, matters that were not known yet."""


def scan_rule(
    tx: Transaction, content: Content, rule: Rule, scheduled_for: datetime, now: datetime
) -> Scanned:
    """Work one tick; a tick that was worked before (by whichever leader) changes nothing."""
    if not tx.rule_runs.begin(rule.name, scheduled_for, now):
        return Scanned(0, 0)
    matches = tx.customers.matching(rule.when, now.date())
    made = 0
    for customer, account in matches:
        alert = make_alert(rule, customer, account, now)
        if tx.alerts.add(alert):
            plan_next_attempt(tx, content, alert, now)
            made += 1
    return Scanned(len(matches), made)
