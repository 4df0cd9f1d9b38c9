"""A condition as a SQLAlchemy expression that selects exactly the rows for which `evaluate` says yes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from sqlalchemy import ColumnElement, and_, case, func, not_, null, or_

from ivr.rules.condition import All, AnyOf, Comparison, Condition, Not, Operator
from ivr.rules.fields import Field
from ivr.rules.operand import Amount, Operand, RelativeDay

Columns = Mapping[Field, "ColumnElement[object]"]
"""The column of each field but account.days_overdue, which is computed from account.due_on.

account.balance and account.amount_due are integers in minor units of account.currency; days are of type DATE;
the others are text. Comparing is binary (SQLite's default, PostgreSQL's deterministic collations).
"""


@dataclass(frozen=True, slots=True)
class Chosen:
    """An amount that a row may have in the place of the condition's own."""

    field: Field
    """What it is compared with."""
    minor: ColumnElement[int | None]
    """In minor units of the condition's own currency; NULL where its own amount counts."""


def compile_condition(
    condition: Condition, columns: Columns, today: date, chosen: Chosen | None = None
) -> ColumnElement[bool]:
    """Return `condition` for a WHERE clause.

    Its value is NULL where the answer is unknown, which WHERE takes as no; whoever negates it or selects it
    must coalesce it to false first.
    """
    compiled = partial(compile_condition, columns=columns, today=today, chosen=chosen)
    match condition:
        case All(all=parts):
            return and_(*map(compiled, parts))
        case AnyOf(any=parts):
            return or_(*map(compiled, parts))
        case Not(part=part):
            return not_(compiled(part))
        case Comparison():
            return _comparison(condition, columns, today, chosen)


def _comparison(
    comparison: Comparison, columns: Columns, today: date, chosen: Chosen | None
) -> ColumnElement[bool]:
    field = comparison.field
    column = columns[Field.ACCOUNT_DUE_ON if field is Field.ACCOUNT_DAYS_OVERDUE else field]
    if comparison.operator is Operator.PRESENT:
        return column.is_not(None) if comparison.operands[0] else column.is_(None)
    if chosen is not None and field is chosen.field:
        (own,) = comparison.values
        return _amount(comparison.operator, column, own, columns, chosen.minor)
    return or_(*(_one(comparison, column, operand, columns, today) for operand in comparison.values))


def _one(
    comparison: Comparison, column: ColumnElement[object], operand: Operand, columns: Columns, today: date
) -> ColumnElement[bool]:
    if isinstance(operand, Amount):
        return _amount(comparison.operator, column, operand, columns)
    if isinstance(operand, RelativeDay):
        operand = operand.on(today)
    if comparison.field is Field.ACCOUNT_DAYS_OVERDUE and isinstance(operand, int):
        # n days overdue is due n days ago, and more days overdue is due earlier.
        return _sql(
            _MIRRORED.get(comparison.operator, comparison.operator), column, _days_ago(today, operand)
        )
    return _sql(comparison.operator, column, operand)


def _days_ago(today: date, days: int) -> date:
    return today - timedelta(days=days)


def _amount(
    operator: Operator,
    column: ColumnElement[object],
    amount: Operand,
    columns: Columns,
    chosen: ColumnElement[int | None] | None = None,
) -> ColumnElement[bool]:
    if not isinstance(amount, Amount):
        raise TypeError(f"{amount!r} is no amount")
    compared = _sql(operator, column, amount.minor if chosen is None else func.coalesce(chosen, amount.minor))
    if amount.currency is None:
        return compared
    # Unknown, not false, in another currency: so that its `not` does not hold either. `x AND NULL` is false
    # for a false x, hence the CASE.
    return case((columns[Field.ACCOUNT_CURRENCY] == amount.currency, compared), else_=null())


def _sql(operator: Operator, column: ColumnElement[object], operand: object) -> ColumnElement[bool]:
    match operator:
        case Operator.EQUALS | Operator.IN:
            return column == operand
        case Operator.NOT_EQUALS:
            return column != operand
        case Operator.AT_LEAST:
            return column >= operand
        case Operator.AT_MOST:
            return column <= operand
        case Operator.MORE_THAN | Operator.AFTER:
            return column > operand
        case Operator.LESS_THAN | Operator.BEFORE:
            return column < operand
        case Operator.PRESENT:
            raise TypeError("`present` compares with nothing")


_MIRRORED = {
    Operator.AT_LEAST: Operator.AT_MOST,
    Operator.AT_MOST: Operator.AT_LEAST,
    Operator.MORE_THAN: Operator.LESS_THAN,
    Operator.LESS_THAN: Operator.MORE_THAN,
}
