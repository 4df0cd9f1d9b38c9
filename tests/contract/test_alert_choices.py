"""What customers chose about single alerts is kept, and a rule finds whom it still concerns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import time, timedelta

import pytest

from ivr.engine.ports import NewAlertChoice
from ivr.money import Money
from ivr.rules.alert_choice import NOTHING_CHOSEN, AlertChoice
from ivr.rules.matching import match
from ivr.store.transaction import SqlTransaction
from tests.contract.samples import NOW, add_due_attempt, record, rule_when, usd

MAY: Mapping[str, object] = {
    "named": {"en": "Low balance"},
    "threshold": {"field": "account.balance", "least": "10 USD", "most": "500 USD", "step": "5 USD"},
    "time": True,
    "off": True,
}
BELOW_100 = {"field": "account.balance", "less_than": "100 USD"}


def chooses(tx: SqlTransaction, number: int, choice: AlertChoice, rule: str = "a-rule") -> None:
    tx.alert_choices.keep(NewAlertChoice(f"c{number}", rule, choice, NOW, "call-1", 7))


def having(tx: SqlTransaction, number: int, balance: int) -> None:
    [account] = record(number).accounts
    tx.customers.put(replace(record(number), accounts=[replace(account, balance=usd(balance))]))


def test_the_last_word_counts_for_its_customer_and_its_rule(tx: SqlTransaction) -> None:
    first, last = AlertChoice(wanted=True), AlertChoice(False, usd(5_000), time(9, 30))
    for number in (1, 2):
        tx.customers.put(record(number))
    chooses(tx, 1, first)
    chooses(tx, 1, last)
    chooses(tx, 1, first, rule="another")
    assert tx.alert_choices.of(["c1", "c2"]) == {"c1": {"a-rule": last, "another": first}}
    assert tx.alert_choices.of([]) == {}


CHOICES = {
    1: NOTHING_CHOSEN,
    2: AlertChoice(threshold=usd(5_000)),
    3: AlertChoice(threshold=usd(20_000)),
    4: AlertChoice(threshold=usd(60_000)),
    5: AlertChoice(threshold=Money(5_000, "EUR")),
    6: AlertChoice(wanted=False),
    7: AlertChoice(wanted=True),
}


@pytest.mark.parametrize("on_request", [False, True])
@pytest.mark.parametrize("balance", [4_999, 5_000, 9_999, 10_000, 19_999, 20_000])
def test_the_scan_finds_whom_memory_says_yes_to(tx: SqlTransaction, balance: int, on_request: bool) -> None:
    rule = rule_when(BELOW_100, customer_may={**MAY, "on_request": on_request})
    for number, choice in CHOICES.items():
        having(tx, number, balance)
        if choice is not NOTHING_CHOSEN:
            chooses(tx, number, choice)
    found = {account.id for _, account in tx.customers.matching(rule, NOW.date())}
    expected = set()
    for number, choice in CHOICES.items():
        account, customer = tx.customers.account(f"a{number}"), tx.customers.customer(f"c{number}")
        assert account is not None
        assert customer is not None
        if match(rule, customer, account, NOW.date(), choice).is_match:
            expected.add(account.id)
    assert found == expected
    assert bool(found) or balance >= 20_000 or on_request


def test_what_was_chosen_about_another_rule_changes_nothing(tx: SqlTransaction) -> None:
    having(tx, 1, 9_000)
    chooses(tx, 1, AlertChoice(wanted=False, threshold=usd(5_000)), rule="another")
    rule = rule_when(BELOW_100, customer_may=MAY)
    assert [account.id for _, account in tx.customers.matching(rule, NOW.date())] == ["a1"]


def test_a_rule_that_leaves_nothing_to_customers_goes_by_its_own_word(tx: SqlTransaction) -> None:
    having(tx, 1, 9_000)
    chooses(tx, 1, AlertChoice(wanted=False, threshold=usd(5_000)))
    assert [account.id for _, account in tx.customers.matching(rule_when(BELOW_100), NOW.date())] == ["a1"]


def test_the_stages_are_given_what_was_chosen_about_the_alerts_rule(tx: SqlTransaction) -> None:
    add_due_attempt(tx, 1)
    chosen = AlertChoice(wanted=True, at=time(9))
    chooses(tx, 1, chosen, rule="payment-overdue")
    chooses(tx, 1, NOTHING_CHOSEN, rule="another")
    [attempt] = tx.attempts.history("alert1", 1)
    (facts,) = tx.attempts.eligibility([attempt.id], NOW + timedelta(minutes=1))
    assert facts.chosen == chosen
