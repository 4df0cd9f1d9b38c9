"""What a customer chose takes the place of the rule's own word, as far as the rule leaves it to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from pydantic import ValidationError

from ivr.accounts.account import Account
from ivr.accounts.customer import Customer
from ivr.money import Money
from ivr.rules.alert_choice import (
    NOTHING_CHOSEN,
    AlertChoice,
    chosen_threshold,
    chosen_time,
    is_wanted,
    own_threshold,
    rule_for,
)
from ivr.rules.matching import is_cause_gone, match
from ivr.rules.rule import Rule

THRESHOLD = {"field": "account.balance", "least": "10 USD", "most": "500 USD", "step": "5 USD"}
WRITTEN: dict[str, Any] = {
    "name": "low-balance",
    "title": "Low balance",
    "topic": "balance",
    "when": {
        "all": [
            {"field": "account.kind", "equals": "card"},
            {"field": "account.balance", "less_than": "100 USD"},
        ]
    },
    "schedule": {"every": "5m"},
    "plan": [{"medium": "voice", "flow": "low-balance"}],
    "retry": "standard",
    "hours": "us-standard",
    "customer_may": {"named": {"en": "Low balance"}, "threshold": THRESHOLD, "time": True, "off": True},
}
FIFTY, TOO_MUCH = Money(5000, "USD"), Money(50_001, "USD")


def rule_that(**changes: Any) -> Rule:
    """Return the rule with other words in its `customer_may`."""
    return Rule.model_validate({**WRITTEN, "customer_may": {**WRITTEN["customer_may"], **changes}})


RULE = rule_that()


def having(account: Account, balance: int) -> Account:
    return replace(account, balance=Money(balance, "USD"))


@pytest.mark.parametrize(
    ("chosen", "balance", "holds"),
    [
        (NOTHING_CHOSEN, 9_999, True),
        (NOTHING_CHOSEN, 10_000, False),
        (AlertChoice(threshold=FIFTY), 4_999, True),
        (AlertChoice(threshold=FIFTY), 5_000, False),
        (AlertChoice(threshold=TOO_MUCH), 9_999, True),
        (AlertChoice(threshold=TOO_MUCH), 10_000, False),
        (AlertChoice(threshold=Money(5000, "EUR")), 9_999, True),
    ],
)
def test_the_amount_that_was_chosen_counts_and_without_a_good_one_the_rules_own(
    customer: Customer, account: Account, today: date, chosen: AlertChoice, balance: int, holds: bool
) -> None:
    theirs = having(account, balance)
    assert match(RULE, customer, theirs, today, chosen).is_match is holds
    assert is_cause_gone(RULE, customer, theirs, today, chosen) is not holds


def test_the_reason_tells_the_amount_that_counted(customer: Customer, account: Account, today: date) -> None:
    chosen = AlertChoice(threshold=FIFTY)
    found = match(RULE, customer, having(account, 4_000), today, chosen)
    assert "the balance is 40.00 USD, less than 50.00 USD" in found.reason
    assert found.reason.endswith("as the customer chose")


def test_an_alert_that_was_turned_off_is_none_and_says_so(
    customer: Customer, account: Account, today: date
) -> None:
    off = AlertChoice(wanted=False)
    found = match(RULE, customer, having(account, 4_000), today, off)
    assert (found.is_match, found.reason) == (False, "the customer does not want to hear of it")


@pytest.mark.parametrize(
    ("changes", "wanted", "heard"),
    [
        ({}, None, True),
        ({}, False, False),
        ({"on_request": True}, None, False),
        ({"on_request": True}, True, True),
        ({"on_request": True}, False, False),
        ({"off": False}, False, True),
    ],
)
def test_who_hears_of_it(changes: dict[str, bool], wanted: bool | None, heard: bool) -> None:
    assert is_wanted(rule_that(**changes), AlertChoice(wanted=wanted)) is heard


def test_what_the_rule_leaves_to_nobody_any_more_does_not_count() -> None:
    chosen = AlertChoice(threshold=FIFTY, at=time(9))
    closed = Rule.model_validate({**WRITTEN, "customer_may": None})
    assert chosen_threshold(closed, chosen) is None
    assert chosen_time(closed, chosen) is None
    assert own_threshold(closed) is None
    assert rule_for(closed, chosen) is closed
    assert chosen_time(rule_that(time=False), chosen) is None
    assert own_threshold(RULE) == Money(10_000, "USD")


def test_only_amounts_of_the_steps_are_offered() -> None:
    assert RULE.customer_may is not None
    terms = RULE.customer_may.threshold
    assert terms is not None
    offered = [Money(minor, "USD") for minor in (1_000, 5_000, 50_000)]
    assert all(terms.offers(amount) for amount in offered)
    refused = [Money(999, "USD"), Money(5_100, "USD"), TOO_MUCH, Money(5_000, "EUR")]
    assert not any(terms.offers(amount) for amount in refused)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"named": {}}, "named"),
        ({"threshold": None, "time": False, "off": False}, "leaves nothing to the customer"),
        ({"on_request": True, "off": False}, "can be turned off again"),
        ({"threshold": {**THRESHOLD, "field": "account.due_on"}}, "account.due_on is no amount"),
        ({"threshold": {**THRESHOLD, "field": "account.amount_due"}}, "`when` compares it 0 times"),
        ({"threshold": {**THRESHOLD, "most": "5 USD"}}, "nothing could be chosen"),
        ({"threshold": {**THRESHOLD, "most": "500 EUR"}}, "in several currencies"),
        ({"threshold": {**THRESHOLD, "least": "10"}}, "has no currency"),
        (
            {"threshold": {**THRESHOLD, "least": "10 EUR", "most": "500 EUR", "step": "5 EUR"}},
            "100.00 USD, is none to choose",
        ),
    ],
)
def test_what_could_not_be_chosen_is_refused(changes: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        rule_that(**changes)


def test_another_condition_for_the_end_would_not_know_of_the_choice() -> None:
    ends = {"field": "account.balance", "at_least": "100 USD"}
    with pytest.raises(ValidationError, match="`cancel_when` compares it as well"):
        Rule.model_validate({**WRITTEN, "cancel_when": ends})


def test_who_may_choose_a_time_of_day_needs_an_alert_that_lives_until_then() -> None:
    with pytest.raises(ValidationError, match="before the time that a customer chose"):
        Rule.model_validate({**WRITTEN, "expires_after": "12h"})
