"""Only what is known to be true counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from pydantic import TypeAdapter

from ivr.accounts.account import Account
from ivr.accounts.customer import Customer
from ivr.money import Money
from ivr.rules.condition import Condition, WholeCondition
from ivr.rules.evaluate import evaluate, truth
from ivr.rules.fields import Subject

CONDITION: TypeAdapter[Condition] = TypeAdapter(WholeCondition)
UNKNOWN = {"field": "customer.region", "equals": "US-FL"}
TRUE = {"field": "account.kind", "equals": "card"}
FALSE = {"field": "account.kind", "equals": "loan"}


@pytest.mark.parametrize(
    ("written", "holds"),
    [
        ({"field": "account.amount_due", "more_than": 0}, True),
        ({"field": "account.amount_due", "more_than": "42.50 USD"}, False),
        ({"field": "account.amount_due", "at_least": "42.50 USD"}, True),
        ({"field": "account.amount_due", "less_than": "1000.00 EUR"}, False),
        ({"field": "account.due_on", "before": "today"}, True),
        ({"field": "account.due_on", "before": "today-3"}, False),
        ({"field": "account.due_on", "equals": "2025-01-07"}, True),
        ({"field": "account.days_overdue", "in": [1, 3, 7]}, True),
        ({"field": "account.days_overdue", "at_least": 4}, False),
        ({"field": "account.kind", "equals": "Card"}, False),
        ({"field": "customer.language", "not_equals": "es"}, True),
        ({"field": "account.due_on", "present": True}, True),
    ],
)
def test_a_comparison_is_what_it_says(
    written: object, holds: bool, customer: Customer, account: Account, today: date
) -> None:
    assert evaluate(CONDITION.validate_python(written), customer, account, today) is holds


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (UNKNOWN, None),
        ({"not": UNKNOWN}, None),
        ({"all": [TRUE, UNKNOWN]}, None),
        ({"all": [FALSE, UNKNOWN]}, False),
        ({"any": [TRUE, UNKNOWN]}, True),
        ({"any": [FALSE, UNKNOWN]}, None),
        ({"field": "customer.region", "present": False}, True),
    ],
)
def test_what_is_not_known_stays_unknown(
    written: object, expected: bool | None, customer: Customer, account: Account, today: date
) -> None:
    subject = Subject(replace(customer, region=None), account, today)
    assert truth(CONDITION.validate_python(written), subject) is expected


def test_another_currency_is_unknown_for_a_condition_and_for_its_opposite(
    customer: Customer, account: Account, today: date
) -> None:
    yen = replace(account, amount_due=Money(5_000, "JPY"))
    written = {"field": "account.amount_due", "more_than": "25.00 USD"}
    assert not evaluate(CONDITION.validate_python(written), customer, yen, today)
    assert not evaluate(CONDITION.validate_python({"not": written}), customer, yen, today)
