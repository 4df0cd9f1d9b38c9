"""A rule's condition finds the accounts it holds for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from pydantic import TypeAdapter

from ivr.accounts.account_event import AccountEvent, AccountEventKind
from ivr.accounts.customer import Customer
from ivr.accounts.promise import Part, Promise, PromiseState
from ivr.engine.ports import CustomerRecord
from ivr.rules.condition import Condition, WholeCondition
from ivr.rules.evaluate import evaluate
from ivr.store.transaction import SqlTransaction
from tests.contract.samples import NOW, add_due_attempt, claim, outcome, record, rule_when, take_epoch, usd

TODAY = date(2026, 3, 2)
_CONDITION: TypeAdapter[Condition] = TypeAdapter(WholeCondition)


def someone(number: int, due: int, due_on: date | None, region: str = "US-DC") -> CustomerRecord:
    base = record(number)
    [account] = base.accounts
    segment = "gold" if number == 3 else None
    customer = Customer(f"c{number}", "Maria", "en", "America/New_York", region, segment)
    return replace(base, customer=customer, accounts=[replace(account, amount_due=usd(due), due_on=due_on)])


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"field": "account.amount_due", "more_than": "0"}, ["a1", "a3", "a4"]),
        ({"field": "account.days_overdue", "at_least": 1}, ["a1", "a2"]),
        ({"field": "account.due_on", "present": False}, ["a4"]),
        ({"field": "customer.region", "equals": "US-FL"}, ["a3"]),
        ({"field": "customer.segment", "equals": "gold"}, ["a3"]),
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
    found = tx.customers.matching(rule_when(condition), TODAY)
    assert [account.id for _customer, account in found] == expected
    assert all(customer.id == account.customer_id for customer, account in found)
    assert all(tx.customers.customer(customer.id) == customer for customer, _account in found)


def promised(tx: SqlTransaction, number: int, state: PromiseState, due_on: date, days_ago: int = 0) -> None:
    """Let customer `number`, who was called before, have made a promise that came to `state`."""
    made, amount = NOW - timedelta(days=days_ago), usd(100)
    outcome_id = f"outcome-{tx.attempts.history(f'alert{number}', 1)[0].id}"
    promise = Promise(
        id=f"pr{number}-{days_ago}",
        account_id=f"a{number}",
        customer_id=f"c{number}",
        alert_id=None,
        topic="payments",
        outcome_id=outcome_id,
        made_at=made,
        was_due=amount,
        parts=(Part(amount, due_on, made),),
    )
    tx.promises.add(promise)
    if state is not PromiseState.OPEN:
        tx.promises.judged(replace(promise, state=state), NOW)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"field": "promise.state", "equals": "broken"}, ["a2"]),
        ({"field": "promise.state", "in": ["open", "broken"]}, ["a1", "a2"]),
        ({"field": "promise.state", "not_equals": "open"}, ["a2"]),
        ({"field": "promise.state", "present": False}, ["a3"]),
        ({"field": "promise.due_on", "before": "today"}, ["a2"]),
        ({"field": "event.promise_broken", "after": "today-3"}, ["a2"]),
        ({"field": "event.promise_broken", "present": True}, ["a1", "a2"]),
    ],
)
def test_a_condition_sees_the_last_promise_and_the_last_event(
    tx: SqlTransaction, condition: object, expected: list[str]
) -> None:
    epoch = take_epoch(tx)
    for number in (1, 2, 3):
        add_due_attempt(tx, number)
    for attempt in claim(tx, epoch):
        tx.outcomes.add(outcome(attempt, attempt.alert_id.replace("alert", "a")), [])
    promised(tx, 1, PromiseState.BROKEN, date(2026, 2, 10), days_ago=30)
    promised(tx, 1, PromiseState.OPEN, TODAY)
    promised(tx, 2, PromiseState.BROKEN, date(2026, 3, 1))
    for number, day in ((1, date(2026, 2, 11)), (2, date(2026, 1, 5)), (2, TODAY)):
        tx.account_events.add(
            AccountEvent(f"{number}/{day}", AccountEventKind.PROMISE_BROKEN, f"a{number}", NOW, day, {})
        )
    parsed = _CONDITION.validate_python(condition)
    found = tx.customers.matching(rule_when(condition), TODAY)
    assert [account.id for _customer, account in found] == expected
    assert all(evaluate(parsed, customer, account, TODAY) for customer, account in found)
