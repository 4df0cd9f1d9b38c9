"""An alert made from a match."""

from __future__ import annotations

from datetime import date, datetime

from ivr.accounts.account import Account
from ivr.accounts.customer import Customer
from ivr.alerts.alert import Alert
from ivr.rules.fields import Subject
from ivr.rules.matching import Match
from ivr.rules.rule import Rule, rule_version
from ivr.rules.template import fill_template


def dedupe_key(rule: Rule, customer: Customer, account: Account, today: date) -> str:
    """Return what is the same for two matches of one matter; begins with the rule's name."""
    return f"{rule.name}:{fill_template(rule.dedupe, Subject(customer, account, today))}"


def make_alert(
    alert_id: str, rule: Rule, customer: Customer, account: Account, match: Match, today: date, now: datetime
) -> Alert:
    """Return the alert for `match`, which must be one; it pins the rule's version and the facts."""
    if not match.is_match:
        raise ValueError(f"rule {rule.name} does not match account {account.id}: {match.reason}")
    return Alert(
        id=alert_id,
        rule=rule.name,
        rule_version=rule_version(rule),
        topic=rule.topic,
        customer_id=customer.id,
        account_id=account.id,
        dedupe_key=dedupe_key(rule, customer, account, today),
        facts={**match.facts, "reason": match.reason},
        priority=rule.priority,
        created_at=now,
        expires_at=now + rule.expires_after,
    )
