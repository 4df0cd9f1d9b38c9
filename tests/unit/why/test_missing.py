"""What a rule lacks is told condition by condition, and nothing is told of one that matches."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from ivr.accounts.account import Account
from ivr.accounts.customer import Customer
from ivr.rules.condition import Condition, WholeCondition
from ivr.rules.evaluate import truth
from ivr.rules.fields import Subject
from ivr.why.missing import missing_in
from tests.unit.rule_sql.random_rules import TODAY, conditions, subjects
from tests.unit.why.cases import ACCOUNT, CUSTOMER

CONDITION: TypeAdapter[Condition] = TypeAdapter(WholeCondition)
SUBJECT = Subject(CUSTOMER, ACCOUNT, date(2025, 1, 10))
PAID = {"field": "account.amount_due", "equals": 0}
LOAN = {"field": "account.kind", "equals": "loan"}
CARD = {"field": "account.kind", "equals": "card"}


def told(written: object, subject: Subject = SUBJECT) -> list[tuple[str, str, str, bool]]:
    return [
        (each.field, each.value, each.needed, each.is_alternative)
        for each in missing_in(CONDITION.validate_python(written), subject)
    ]


@pytest.mark.parametrize(
    ("written", "needed"),
    [
        ({"field": "account.due_on", "before": "today-3"}, "before 2025-01-07"),
        ({"field": "account.due_on", "after": "today"}, "after today (2025-01-10)"),
        ({"field": "account.amount_due", "more_than": "25.00 USD"}, "more than 25.00 USD"),
        ({"field": "account.kind", "in": ["loan", "order"]}, "one of loan, order"),
        ({"not": {"field": "account.kind", "in": ["card"]}}, "known, and not one of card"),
        ({"field": "account.due_on", "present": False}, "unknown"),
        ({"not": {"field": "account.due_on", "present": True}}, "unknown"),
        ({"field": "customer.segment", "present": True}, "known"),
        ({"field": "promise.state", "equals": "broken"}, "broken"),
    ],
)
def test_a_comparison_tells_what_it_would_need(written: object, needed: str) -> None:
    [missing] = missing_in(CONDITION.validate_python(written), SUBJECT)
    assert missing.needed == needed
    assert missing.sentence.endswith(f"is {missing.value}; needed: {needed}")


def test_of_several_that_must_hold_those_are_told_that_do_not() -> None:
    assert told({"all": [CARD, LOAN, PAID]}) == [
        ("account.kind", "card", "loan", False),
        ("account.amount_due", "1.00 USD", "0", False),
    ]


def test_of_several_of_which_one_is_enough_each_is_told_as_that() -> None:
    assert told({"any": [LOAN, PAID]}) == [
        ("account.kind", "card", "loan", True),
        ("account.amount_due", "1.00 USD", "0", True),
    ]
    assert told({"any": [LOAN, CARD]}) == []


def test_what_is_not_known_is_told_as_that() -> None:
    nobody = replace(SUBJECT, customer=replace(CUSTOMER, region=None))
    written = {"field": "customer.region", "equals": "US-FL"}
    assert told(written, nobody) == [("customer.region", "unknown", "US-FL", False)]
    assert told({"not": written}, nobody) == [("customer.region", "unknown", "known, and not US-FL", False)]


@given(written=conditions, subject=subjects())
def test_something_is_missing_exactly_where_the_condition_does_not_hold(
    written: object, subject: tuple[Customer, Account]
) -> None:
    try:
        condition = CONDITION.validate_python(written)
    except ValueError:
        return  # larger than a rule may be
    asked = Subject(*subject, TODAY)
    assert bool(missing_in(condition, asked)) is (truth(condition, asked) is not True)


@given(st.sampled_from([CARD, LOAN, PAID]))
def test_what_is_doubly_denied_is_told_as_it_stands(written: object) -> None:
    assert told({"not": {"not": written}}) == told(written)
