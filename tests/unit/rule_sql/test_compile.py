"""SQL and memory give one answer, whatever the condition and whatever is missing in the row."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.money import Money
from ivr.rule_sql.compile import Chosen, compile_condition
from ivr.rules.alert_choice import with_threshold
from ivr.rules.evaluate import evaluate
from ivr.rules.fields import Field
from tests.unit.rule_sql.random_rules import (
    COLUMNS,
    CONDITION,
    MINORS,
    TODAY,
    Person,
    as_row,
    assert_the_database_answers_as_memory,
    conditions,
    metadata,
    rows,
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


BALANCE = Field.ACCOUNT_BALANCE
OWN = st.sampled_from(["less_than", "at_most", "more_than", "at_least"]).map(
    lambda operator: {"field": BALANCE.value, operator: "1.00 USD"}
)
OTHERS = conditions.filter(lambda one: BALANCE.value not in str(one))
WITH_ONE = st.one_of(
    OWN,
    st.builds(lambda own, other: {"all": [own, other]}, OWN, OTHERS),
    st.builds(lambda own, other: {"any": [other, own]}, OWN, OTHERS),
    st.builds(lambda own, other: {"not": {"all": [other, own]}}, OWN, OTHERS),
)
"""Conditions that compare the balance once."""


@settings(max_examples=200, deadline=None)
@given(
    written=st.lists(WITH_ONE, min_size=5, max_size=5),
    people=st.lists(st.tuples(subjects(), st.none() | st.sampled_from(MINORS)), min_size=1, max_size=8),
)
def test_an_amount_that_somebody_chose_means_the_same_in_both(
    written: Sequence[object], people: Sequence[tuple[Person, int | None]]
) -> None:
    chosen_column = sa.table("chosen", sa.column("n", sa.Integer), sa.column("minor", sa.BigInteger))
    engine = sa.create_engine("sqlite://")
    try:
        with engine.begin() as connection:
            metadata.create_all(connection)
            connection.execute(sa.text("CREATE TABLE chosen (n INTEGER, minor BIGINT)"))
            connection.execute(rows.insert(), [{"n": n, **as_row(*who)} for n, (who, _) in enumerate(people)])
            for n, (_, minor) in enumerate(people):
                connection.execute(chosen_column.insert().values(n=n, minor=minor))
            chosen = Chosen(BALANCE, chosen_column.c.minor)
            for one in written:
                condition = CONDITION.validate_python(one)
                found = sa.select(rows.c.n).join(chosen_column, chosen_column.c.n == rows.c.n)
                selected = connection.scalars(
                    found.where(compile_condition(condition, COLUMNS, TODAY, chosen))
                )
                expected = {
                    n
                    for n, (who, minor) in enumerate(people)
                    if evaluate(
                        condition
                        if minor is None
                        else with_threshold(condition, BALANCE, Money(minor, "USD")),
                        *who,
                        TODAY,
                    )
                }
                assert set(selected) == expected, one
    finally:
        engine.dispose()
