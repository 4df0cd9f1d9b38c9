"""SQL and memory give one answer, whatever the condition and whatever is missing in the row."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.rule_sql.compile import compile_condition
from tests.unit.rule_sql.random_rules import (
    COLUMNS,
    CONDITION,
    TODAY,
    Person,
    assert_the_database_answers_as_memory,
    conditions,
    metadata,
    subjects,
)


@settings(max_examples=300, deadline=None)
@given(
    written=st.lists(conditions, min_size=10, max_size=10),
    people=st.lists(subjects(), min_size=1, max_size=8),
)
def test_sqlite_selects_the_rows_for_which_memory_says_yes(
    written: Sequence[object], people: Sequence[Person]
) -> None:
    engine = sa.create_engine("sqlite://")
    try:
        with engine.begin() as connection:
            metadata.create_all(connection)
            assert_the_database_answers_as_memory(connection, written, people)
    finally:
        engine.dispose()


def test_a_condition_is_compiled_with_bound_values_only() -> None:
    condition = CONDITION.validate_python({"field": "account.kind", "equals": "x'; DROP TABLE rows; --"})
    assert "DROP" not in str(compile_condition(condition, COLUMNS, TODAY))
