"""PostgreSQL answers a rule's condition as memory does; SQLite is asked in tests/unit/rule_sql."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.contract.postgresql import run_as_admin
from tests.unit.rule_sql.random_rules import (
    Person,
    assert_the_database_answers_as_memory,
    conditions,
    metadata,
    subjects,
)

pytestmark = pytest.mark.postgresql


@pytest.fixture
def empty_table(postgresql_server: sa.URL) -> Iterator[sa.Engine]:
    name = "compiled_conditions"
    run_as_admin(postgresql_server, f"CREATE DATABASE {name}")
    engine = sa.create_engine(postgresql_server.set(database=name))
    metadata.create_all(engine)
    yield engine
    engine.dispose()
    run_as_admin(postgresql_server, f"DROP DATABASE {name}")


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)  # every example rolls back, so that the table is empty for each
@given(
    written=st.lists(conditions, min_size=10, max_size=10),
    people=st.lists(subjects(), min_size=1, max_size=8),
)
def test_postgresql_selects_the_rows_for_which_memory_says_yes(
    empty_table: sa.Engine, written: Sequence[object], people: Sequence[Person]
) -> None:
    with empty_table.connect() as connection:
        assert_the_database_answers_as_memory(connection, written, people)
