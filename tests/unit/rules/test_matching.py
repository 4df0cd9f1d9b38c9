"""A rule says why it applies to an account, and why not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from ivr.accounts.account import Account
from ivr.accounts.customer import Customer
from ivr.accounts.promise import Part, Promise
from ivr.content_file import parse_content
from ivr.money import Money
from ivr.rules.load import load_rule
from ivr.rules.matching import is_cause_gone, match
from ivr.rules.rule import Rule

RULE = """
name: payment-overdue
title: Payment overdue
topic: payments
when:
  all:
    - {field: account.amount_due, more_than: 0}
    - {field: account.due_on, before: today}
    - not: {field: customer.region, in: [US-FL]}
schedule: {every: 5m}
plan: [{medium: voice, flow: payment-overdue}]
retry: standard
hours: us-standard
"""


@pytest.fixture
def rule() -> Rule:
    return load_rule(parse_content(RULE, "rule.yaml"))


def test_a_match_tells_all_that_made_it_so(
    rule: Rule, customer: Customer, account: Account, today: date
) -> None:
    found = match(rule, customer, account, today)
    assert found.is_match
    assert found.reason == (
        "the amount due is 42.50 USD, more than 0; "
        "the due date is 2025-01-07, before today (2025-01-10); "
        "the customer's region is US-NY, not one of US-FL"
    )


def test_the_facts_are_those_that_the_rule_looked_at(
    rule: Rule, customer: Customer, account: Account, today: date
) -> None:
    assert match(rule, customer, account, today).facts == {
        "today": "2025-01-10",
        "account.amount_due": "42.50 USD",
        "account.due_on": "2025-01-07",
        "account.id": "A1",
        "customer.region": "US-NY",
    }


def test_a_refusal_tells_only_what_stood_against_it(
    rule: Rule, customer: Customer, account: Account, today: date
) -> None:
    found = match(rule, customer, replace(account, amount_due=Money(0, "USD")), today)
    assert not found.is_match
    assert found.reason == "the amount due is 0.00 USD, not more than 0"


def test_something_unknown_is_no_match_and_says_so(
    rule: Rule, customer: Customer, account: Account, today: date
) -> None:
    found = match(rule, replace(customer, region=None), account, today)
    assert not found.is_match
    assert found.reason == "the customer's region is unknown"


def test_the_cause_is_gone_once_the_rule_no_longer_matches(
    rule: Rule, customer: Customer, account: Account, today: date
) -> None:
    assert not is_cause_gone(rule, customer, account, today)
    assert is_cause_gone(rule, customer, replace(account, due_on=today + timedelta(days=30)), today)


def test_a_rule_may_say_itself_what_ends_its_alerts(
    customer: Customer, account: Account, today: date
) -> None:
    written = RULE + "cancel_when: {field: account.status, equals: closed}\n"
    rule = load_rule(parse_content(written, "rule.yaml"))
    assert not is_cause_gone(rule, customer, replace(account, amount_due=Money(0, "USD")), today)
    assert is_cause_gone(rule, customer, replace(account, status="closed"), today)


def promised(account: Account, topic: str) -> Account:
    made = datetime(2025, 1, 8, tzinfo=UTC)
    part = Part(Money(4_250, "USD"), date(2025, 1, 15), made + timedelta(days=8))
    promise = Promise("pr", account.id, "C1", None, topic, "o", made, account.amount_due, (part,))
    return replace(account, promise=promise)


def test_while_a_payment_is_promised_the_rule_does_not_apply_and_says_so(
    rule: Rule, customer: Customer, account: Account, today: date
) -> None:
    found = match(rule, customer, promised(account, "payments"), today)
    assert not found.is_match
    assert found.reason == "42.50 USD is promised by 2025-01-15, and reminders rest until then"
    assert not is_cause_gone(rule, customer, promised(account, "payments"), today)


def test_a_promise_about_another_topic_stands_in_nobody_s_way(
    rule: Rule, customer: Customer, account: Account, today: date
) -> None:
    assert match(rule, customer, promised(account, "orders"), today).is_match
