"""An open alert about an overdue account, its first attempt, and a policy under which it may be made."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from ivr.accounts.account import Account
from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.accounts.customer import Customer
from ivr.alerts.alert import Alert
from ivr.attempts.attempt import Attempt, AttemptState
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.policy import DialPermission, Policy
from ivr.calling_hours import CallingHours
from ivr.money import Money
from ivr.rules.rule import Rule

NUMBER = "+12125550123"
"""New York's area code, in the block kept for examples."""


@pytest.fixture
def now() -> datetime:
    """Friday noon in New York, within anybody's hours there."""
    return datetime(2025, 1, 10, 17, tzinfo=UTC)


@pytest.fixture
def facts(now: datetime) -> EligibilityFacts:
    return EligibilityFacts(
        attempt=Attempt(
            "at-1", "al-1", "C1", 1, 1, 0, Medium.VOICE, "C1:1", NUMBER, AttemptState.CLAIMED, due_at=now
        ),
        alert=Alert(
            "al-1",
            "payment-overdue",
            "v1",
            "payments",
            "C1",
            "A1",
            "key",
            {},
            0,
            now,
            now + timedelta(days=14),
        ),
        customer=Customer("C1", "Maria Lopez", "en", "America/New_York", "US-NY"),
        account=Account("A1", "C1", "card", "open", Money(100, "USD"), Money(100, "USD"), date(2025, 1, 7)),
        contact_point=ContactPoint("C1:1", "C1", Medium.VOICE, NUMBER),
        suppressions=(),
        recent_call_times=(),
        open_call=None,
    )


@pytest.fixture
def policy() -> Policy:
    rule = {
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
        "caps": {"per_hour": 1, "per_day": 2, "per_7_days": 7},
    }
    hours = {"name": "us-standard", "title": "8 to 9", "days": {"every_day": "08:00-21:00"}}
    return Policy(
        Rule.model_validate(rule),
        CallingHours.model_validate(hours),
        DialPermission(is_live=True, allowed_prefixes=("+1",)),
        today=date(2025, 1, 10),
    )
