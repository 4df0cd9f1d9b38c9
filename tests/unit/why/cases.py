"""A customer with an overdue account, on a Friday noon in New York, and the rule that calls about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ivr.accounts.account import Account
from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.accounts.customer import Customer
from ivr.alerts.alert import Alert
from ivr.attempts.attempt import TERMINAL, Attempt, AttemptState
from ivr.attempts.eligibility.ask import Policies
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.policy import DialPermission
from ivr.attempts.retry_rule import RetryRule
from ivr.attempts.rule_book import RuleBook
from ivr.calling_hours import CallingHours
from ivr.money import Money
from ivr.rules.rule import Rule
from ivr.why.facts import AlertPast, AttemptPast, DecisionSeen, WhyFacts

NOW = datetime(2025, 1, 10, 17, tzinfo=UTC)
EASTERN = ZoneInfo("America/New_York")
CUSTOMER = Customer("C1", "Maria Lopez", "en", "America/New_York", "US-NY")
ACCOUNT = Account("A1", "C1", "card", "open", Money(100, "USD"), Money(100, "USD"), date(2025, 1, 7))
POINT = ContactPoint("C1:1", "C1", Medium.VOICE, "+12125550123")
OTHER_POINT = ContactPoint("C1:2", "C1", Medium.VOICE, "+12125550124", rank=2)
RULE = Rule.model_validate(
    {
        "name": "payment-overdue",
        "title": "Payment overdue",
        "topic": "payments",
        "when": {
            "all": [
                {"field": "account.amount_due", "more_than": 0},
                {"field": "account.due_on", "before": "today"},
            ]
        },
        "schedule": {"every": "5m"},
        "plan": [{"medium": "voice", "flow": "payment-overdue"}],
        "retry": "standard",
        "hours": "us-standard",
        "caps": {"per_day": 2},
        "customer_may": {"named": {"en": "Overdue"}, "off": True},
    }
)
HOURS = CallingHours.model_validate(
    {"name": "us-standard", "title": "8 to 9", "days": {"every_day": "08:00-21:00"}}
)
RETRY = RetryRule.model_validate(
    {
        "name": "standard",
        "title": "Standard",
        "max_attempts": 3,
        "retry": {},
        "otherwise": {"after": ["2h"], "max_attempts": 3},
    }
)
BOOK = RuleBook({RULE.name: RULE}, {RETRY.name: RETRY}, {HOURS.name: HOURS})
POLICIES = Policies(BOOK, EASTERN, DialPermission(is_live=True, allowed_prefixes=("+1",)))
NOT_LIVE = replace(POLICIES, permission=DialPermission())

ALERT = Alert(
    id="al-1",
    rule=RULE.name,
    rule_version="v1",
    topic="payments",
    customer_id="C1",
    account_id="A1",
    dedupe_key="payment-overdue:A1/2025-01-07",
    facts={"reason": "the amount due is 1.00 USD, more than 0"},
    priority=0,
    created_at=NOW - timedelta(hours=1),
    expires_at=NOW + timedelta(days=14),
)


def tried(number: int = 1, state: AttemptState = AttemptState.READY, **changes: Any) -> Attempt:
    """Return the alert's attempt of that number, due an hour ago."""
    attempt = Attempt(
        id=f"at-{number}",
        alert_id=ALERT.id,
        customer_id="C1",
        cycle=1,
        attempt_no=number,
        step=0,
        medium=Medium.VOICE,
        contact_point_id=POINT.id,
        address=POINT.address,
        state=state,
        due_at=NOW - timedelta(hours=1),
    )
    return replace(attempt, **changes)


def past_of(
    attempt: Attempt,
    decisions: Sequence[DecisionSeen] = (),
    released_because: str | None = None,
    **facts: Any,
) -> AttemptPast:
    """Return an attempt as it is read; `facts` are those that the stages look at, beside the usual ones."""
    usual = EligibilityFacts(attempt, ALERT, CUSTOMER, ACCOUNT, POINT, (), (), None)
    now = None if attempt.state in TERMINAL else replace(usual, **facts)
    return AttemptPast(attempt, False, released_because, decisions, now)


def alert_with(*attempts: AttemptPast, **changes: Any) -> AlertPast:
    """Return the open alert with attempts."""
    ended_at, end_reason = changes.pop("ended_at", None), changes.pop("end_reason", None)
    return AlertPast(replace(ALERT, **changes), ended_at, end_reason, attempts)


def known(**changes: Any) -> WhyFacts:
    """Return what is known of the customer: nothing but an overdue account, unless told."""
    found = WhyFacts(
        customer=CUSTOMER,
        accounts=[ACCOUNT],
        contact_points=[POINT],
        suppressions=(),
        holds=(),
        choices={},
        alerts=(),
        alerts_of_others=(),
        links=(),
        recent_call_times=(),
        last_looks={},
        is_live=True,
        is_stopped=False,
    )
    return replace(found, **changes)
