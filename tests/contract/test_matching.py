"""A rule's condition finds the accounts it holds for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from pydantic import TypeAdapter

from ivr.accounts.customer import Customer
from ivr.engine.ports import CustomerRecord
from ivr.rules.condition import Condition, WholeCondition
from ivr.store.transaction import SqlTransaction
from tests.contract.samples import record, usd

TODAY = date(2026, 3, 2)
_CONDITION: TypeAdapter[Condition] = TypeAdapter(WholeCondition)


def someone(number: int, due: int, due_on: date | None, region: str = "US-DC") -> CustomerRecord:
    base = record(number)
    [account] = base.accounts
    customer = Customer(f"c{number}", "Maria", "en", "America/New_York", region)
    return replace(base, customer=customer, accounts=[replace(account, amount_due=usd(due), due_on=due_on)])


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"field": "account.amount_due", "more_than": "0"}, ["a1", "a3", "a4"]),
        ({"field": "account.days_overdue", "at_least": 1}, ["a1", "a2"]),
        ({"field": "account.due_on", "present": False}, ["a4"]),
        ({"field": "customer.region", "equals": "US-FL"}, ["a3"]),
        ({"not": {"field": "account.due_on", "before": "today"}}, ["a3"]),
    ],
)
def test_matches_are_those_of_the_condition(
    tx: SqlTransaction, condition: object, expected: list[str]
) -> None:
    tx.customers.put(someone(1, 100, date(2026, 3, 1)))
    tx.customers.put(someone(2, 0, date(2026, 2, 1)))
    tx.customers.put(someone(3, 100, TODAY, region="US-FL"))
    tx.customers.put(someone(4, 100, None))
    found = tx.customers.matching(_CONDITION.validate_python(condition), TODAY)
    assert [account.id for _customer, account in found] == expected
    assert all(customer.id == account.customer_id for customer, account in found)
    assert all(tx.customers.customer(customer.id) == customer for customer, _account in found)
