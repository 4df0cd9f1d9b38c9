"""A comparison of a rule in words for people."""

from __future__ import annotations

from datetime import date

from ivr.rules.condition import Comparison, Operator
from ivr.rules.operand import Operand, RelativeDay

OPERATOR_WORDS = {
    Operator.EQUALS: "",
    Operator.IN: "one of ",
    Operator.NOT_EQUALS: "other than ",
    Operator.AT_LEAST: "at least ",
    Operator.AT_MOST: "at most ",
    Operator.MORE_THAN: "more than ",
    Operator.LESS_THAN: "less than ",
    Operator.BEFORE: "before ",
    Operator.AFTER: "after ",
}


def operands_in_words(comparison: Comparison, today: date) -> str:
    """Return what is compared with; not for `present`."""
    return ", ".join(_operand(operand, today) for operand in comparison.values)


def _operand(operand: Operand, today: date) -> str:
    if isinstance(operand, RelativeDay):
        day = operand.on(today).isoformat()
        return f"today ({day})" if operand.days == 0 else day
    return str(operand)
