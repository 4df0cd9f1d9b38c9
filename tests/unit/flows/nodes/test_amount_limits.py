from decimal import Decimal

import pytest

from ivr.flows.nodes.amount_limits import AmountLimits
from ivr.money import Money

VARIABLES = {
    "account": {"amount_due": Money(12050, "USD"), "minimum_due": Money(2500, "USD"), "due_on": None}
}
BY_VARIABLES = AmountLimits(least="account.minimum_due", most="account.amount_due")


@pytest.mark.parametrize(("minor", "is_taken"), [(2499, False), (2500, True), (12050, True), (12051, False)])
def test_the_least_and_the_most_are_taken_and_nothing_beyond(minor: int, is_taken: bool) -> None:
    assert BY_VARIABLES.take(VARIABLES, Money(minor, "USD")) is is_taken


def test_a_limit_may_be_whole_units_of_whatever_currency() -> None:
    limits = AmountLimits(least=Decimal(1), most=Decimal(100))
    assert limits.take(VARIABLES, Money(100, "JPY"))
    assert limits.take(VARIABLES, Money(100, "USD"))
    assert not limits.take(VARIABLES, Money(99, "USD"))


@pytest.mark.parametrize("value", [Money(0, "USD"), Money(-100, "USD"), "100", None])
def test_what_is_no_amount_above_nothing_is_never_taken(value: object) -> None:
    assert not AmountLimits(least=Decimal(-5), most=Decimal(500)).take(VARIABLES, value)


@pytest.mark.parametrize("missing", ["account.due_on", "account.nothing"])
def test_without_the_variable_of_a_limit_nothing_is_taken(missing: str) -> None:
    assert not AmountLimits(least=missing).take(VARIABLES, Money(100, "USD"))
    assert not AmountLimits(most=missing).take(VARIABLES, Money(100, "USD"))


def test_amounts_of_two_currencies_are_never_compared() -> None:
    assert not BY_VARIABLES.take(VARIABLES, Money(5000, "EUR"))


def test_its_variables_are_named_with_their_fields() -> None:
    assert AmountLimits(least=Decimal(1)).variables() == (("most", "account.amount_due"),)
