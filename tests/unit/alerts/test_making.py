"""One matter makes one alert, whatever the number of scans."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from ivr.accounts.account import Account
from ivr.accounts.customer import Customer
from ivr.alerts.making import dedupe_key, make_alert
from ivr.money import Money
from ivr.rules.matching import match
from ivr.rules.rule import Rule, rule_version

TODAY = date(2025, 1, 10)
NOW = datetime(2025, 1, 10, 15, tzinfo=UTC)
CUSTOMER = Customer("C1", "Maria Lopez")
ACCOUNT = Account("A1", "C1", "card", "open", Money(100, "USD"), Money(100, "USD"), date(2025, 1, 7))
RULE = Rule.model_validate(
    {
        "name": "payment-overdue",
        "title": "Payment overdue",
        "topic": "payments",
        "when": {"field": "account.due_on", "before": "today"},
        "schedule": {"every": "5m"},
        "plan": [{"medium": "voice", "flow": "payment-overdue"}],
        "retry": "standard",
        "hours": "us-standard",
        "expires_after": "2d",
        "priority": 60,
    }
)


def test_the_same_account_and_due_date_is_the_same_matter() -> None:
    tomorrow, less = TODAY + timedelta(days=1), replace(ACCOUNT, amount_due=Money(50, "USD"))
    key = dedupe_key(RULE, CUSTOMER, ACCOUNT, TODAY)
    assert key == "payment-overdue:A1/2025-01-07"
    assert dedupe_key(RULE, CUSTOMER, less, tomorrow) == key


def test_the_next_due_date_is_another_matter() -> None:
    february = replace(ACCOUNT, due_on=date(2025, 2, 7))
    assert dedupe_key(RULE, CUSTOMER, february, TODAY) != dedupe_key(RULE, CUSTOMER, ACCOUNT, TODAY)


def test_an_alert_pins_its_rule_and_its_facts() -> None:
    found = match(RULE, CUSTOMER, ACCOUNT, TODAY)
    alert = make_alert("al-1", RULE, CUSTOMER, ACCOUNT, found, TODAY, NOW)
    assert (alert.rule, alert.rule_version, alert.topic) == (
        "payment-overdue",
        rule_version(RULE),
        "payments",
    )
    assert alert.facts["account.due_on"] == "2025-01-07"
    assert alert.facts["reason"] == "the due date is 2025-01-07, before today (2025-01-10)"
    assert (alert.created_at, alert.expires_at, alert.priority) == (NOW, NOW + timedelta(days=2), 60)


def test_no_alert_is_made_of_what_is_no_match() -> None:
    early = match(RULE, CUSTOMER, replace(ACCOUNT, due_on=TODAY), TODAY)
    with pytest.raises(ValueError, match="does not match account A1"):
        make_alert("al-1", RULE, CUSTOMER, ACCOUNT, early, TODAY, NOW)
