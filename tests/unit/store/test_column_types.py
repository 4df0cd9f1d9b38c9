"""Values come back as they went in, or are refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from ivr.store.column_types import UtcDateTime, text_enum

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1), timezones=ZONES)  # noqa: DTZ001


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


table = sa.Table(
    "t",
    sa.MetaData(),
    sa.Column("at", UtcDateTime),
    sa.Column("colour", text_enum(Colour, "colour")),
)
engine = sa.create_engine("sqlite://")
table.create(engine)


@given(first=MOMENTS, second=MOMENTS)
def test_moments_come_back_in_utc_and_are_ordered_by_the_database(first: datetime, second: datetime) -> None:
    with engine.connect() as connection:
        connection.execute(sa.insert(table), [{"at": first}, {"at": second}])
        kept = connection.execute(sa.select(table.c.at).order_by(table.c.at)).scalars().all()
        connection.rollback()
    assert kept == sorted([first, second])
    assert {moment.tzinfo for moment in kept} == {UTC}


def test_a_naive_moment_is_refused() -> None:
    naive = datetime(2026, 3, 2, 15, 0)  # noqa: DTZ001
    with engine.connect() as connection, pytest.raises(sa.exc.StatementError, match="has no time zone"):
        connection.execute(sa.insert(table), {"at": naive})


def test_an_enum_is_kept_as_its_value_and_comes_back_as_its_member() -> None:
    with engine.connect() as connection:
        connection.execute(sa.insert(table), {"colour": Colour.BLUE})
        assert connection.exec_driver_sql("SELECT colour FROM t").scalar() == "blue"
        assert connection.execute(sa.select(table.c.colour)).scalar() is Colour.BLUE


def test_the_database_refuses_what_is_no_member() -> None:
    with engine.connect() as connection, pytest.raises(sa.exc.IntegrityError):
        connection.exec_driver_sql("INSERT INTO t (colour) VALUES ('green')")
