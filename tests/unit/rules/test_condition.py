"""A condition is a small tree that says what is wrong with it."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from ivr.rules.condition import MAX_DEPTH, Condition, WholeCondition, comparisons

CONDITION: TypeAdapter[Condition] = TypeAdapter(WholeCondition)

WRITTEN = {
    "all": [
        {"field": "account.amount_due", "more_than": "25.00 USD"},
        {
            "any": [
                {"field": "account.due_on", "before": "today-3"},
                {"field": "account.due_on", "present": False},
            ]
        },
        {"not": {"field": "customer.region", "in": ["US-FL", "US-TX"]}},
    ]
}


def test_a_condition_is_written_as_it_was_read() -> None:
    condition = CONDITION.validate_python(WRITTEN)
    assert CONDITION.dump_python(condition, mode="json", by_alias=True) == WRITTEN


def test_comparisons_come_in_the_order_written() -> None:
    fields = [comparison.field.value for comparison in comparisons(CONDITION.validate_python(WRITTEN))]
    assert fields == ["account.amount_due", "account.due_on", "account.due_on", "customer.region"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"field": "account.pin", "equals": "1"}, "no field that a rule can look at; use one of account.id"),
        ({"equals": "1"}, "no field is named"),
        ({"field": "promise.state", "equals": "brokn"}, "use one of open, kept, broken"),
        ({"field": "account.kind"}, "it needs `field` and one operator"),
        ({"field": "account.kind", "equals": "a", "in": ["b"]}, "it needs `field` and one operator"),
        ({"field": "account.kind", "matches": ".*"}, "it needs `field` and one operator"),
        ({"field": "account.kind", "at_least": "a"}, "at_least makes no sense for account.kind"),
        ({"field": "account.amount_due", "before": "today"}, "before makes no sense for account.amount_due"),
        ({"field": "account.due_on", "present": "maybe"}, "says neither yes nor no"),
        ({"field": "account.kind", "in": "card"}, "`in` needs a list"),
        ({"field": "account.kind", "in": []}, "`in` needs a list"),
        ({"field": "account.kind", "equals": ["card"]}, "nothing to compare with"),
        ({"field": "account.amount_due", "more_than": 25}, "has no currency; write an amount like 25.00 USD"),
        ({"field": "account.amount_due", "more_than": "25 XXQ"}, "'XXQ' is no currency"),
        ({"field": "account.amount_due", "more_than": "1.001 USD"}, "more decimals than USD has"),
        ({"field": "account.due_on", "before": "yesterday"}, "is no day; write today, today-3"),
        ({"field": "account.due_on", "before": "today-99999"}, "is no day"),
        ({"field": "account.days_overdue", "at_least": "many"}, "no whole number"),
        ({"all": []}, "no condition is in it"),
    ],
)
def test_what_is_no_condition_is_told_in_a_sentence(written: object, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        CONDITION.validate_python(written)


def test_a_condition_beyond_reading_is_refused() -> None:
    deep: Any = {"field": "account.kind", "equals": "card"}
    for _ in range(MAX_DEPTH):
        deep = {"not": deep}
    with pytest.raises(ValidationError, match="nested 13 deep; stay within 12"):
        CONDITION.validate_python(deep)
    wide = {"any": [{"all": [{"field": "account.kind", "equals": "card"}] * 101}] * 2}
    with pytest.raises(ValidationError, match="makes 202 comparisons; stay within 200"):
        CONDITION.validate_python(wide)
