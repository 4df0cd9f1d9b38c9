"""What a condition means: three-valued, as in SQL, so that memory and database give one answer.

A comparison with a field whose value is unknown is *unknown* (None), so is its `not`; `all` is false as soon
as one part is, `any` true as soon as one part is. Only true counts: nobody is called on what is not known.
An amount in one currency compared with an amount in another is unknown as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ivr.accounts.account import Account
from ivr.accounts.customer import Customer
from ivr.money import Money
from ivr.rules.condition import All, AnyOf, Comparison, Condition, Not, Operator
from ivr.rules.fields import Subject, Value
from ivr.rules.operand import Amount, Operand, RelativeDay

Truth = bool | None
"""True, False, or None for unknown."""


def evaluate(condition: Condition, customer: Customer, account: Account, today: date) -> bool:
    """Say whether `condition` holds for this account on the day `today`."""
    return truth(condition, Subject(customer, account, today)) is True


def truth(condition: Condition, subject: Subject) -> Truth:
    """Return the three-valued answer of `condition`."""
    match condition:
        case All(all=parts):
            return _all(truth(part, subject) for part in parts)
        case AnyOf(any=parts):
            return _any(truth(part, subject) for part in parts)
        case Not(part=part):
            return _not(truth(part, subject))
        case Comparison():
            return _compare(condition, subject)


def _all(parts: Iterable[Truth]) -> Truth:
    answers = set(parts)
    return False if False in answers else None if None in answers else True


def _any(parts: Iterable[Truth]) -> Truth:
    answers = set(parts)
    return True if True in answers else None if None in answers else False


def _not(part: Truth) -> Truth:
    return None if part is None else not part


def _compare(comparison: Comparison, subject: Subject) -> Truth:
    value = subject.value(comparison.field)
    if comparison.operator is Operator.PRESENT:
        return (value is not None) is comparison.operands[0]
    answers = (_order(value, operand, subject.today) for operand in comparison.values)
    return _any(_holds(comparison.operator, order) for order in answers)


def _order(value: Value, operand: Operand, today: date) -> int | None:
    """Return -1, 0 or 1 as `value` is below, equal to or above `operand`; None when nobody can tell."""
    if value is None:
        return None
    if isinstance(operand, RelativeDay):
        operand = operand.on(today)
    if isinstance(value, Money) and isinstance(operand, Amount):
        if operand.currency not in (None, value.currency):
            return None
        return _sign(value.minor, operand.minor)
    if isinstance(value, str) and isinstance(operand, str):
        # Only equality is ever asked of texts, so the order of a collation does not matter.
        return 0 if value == operand else 1
    if isinstance(value, int) and isinstance(operand, int):
        return _sign(value, operand)
    if isinstance(value, date) and isinstance(operand, date):
        return _sign(value.toordinal(), operand.toordinal())
    raise TypeError(f"{value!r} can't be compared with {operand!r}")


def _sign(left: int, right: int) -> int:
    return (left > right) - (left < right)


def _holds(operator: Operator, order: int | None) -> Truth:
    if order is None:
        return None
    match operator:
        case Operator.EQUALS | Operator.IN:
            return order == 0
        case Operator.NOT_EQUALS:
            return order != 0
        case Operator.AT_LEAST:
            return order >= 0
        case Operator.AT_MOST:
            return order <= 0
        case Operator.MORE_THAN | Operator.AFTER:
            return order > 0
        case Operator.LESS_THAN | Operator.BEFORE:
            return order < 0
        case Operator.PRESENT:
            raise TypeError("`present` compares with nothing")
