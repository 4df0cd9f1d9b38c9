"""Migrations, as far as one database can tell; the contract tests compare the tables."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from ivr.errors import StoreError
from ivr.store.database import create_writing_engine, parse_database_url
from ivr.store.migrate import migrate
from ivr.store.tables import metadata


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    made = create_writing_engine(parse_database_url(f"sqlite:///{tmp_path / 's.db'}"))
    yield made
    made.dispose()


def test_an_empty_database_gets_every_table(engine: sa.Engine) -> None:
    migrate(engine)
    assert set(sa.inspect(engine).get_table_names()) == {*metadata.tables, "alembic_version"}


def test_two_processes_may_start_at_once(tmp_path: Path) -> None:
    engines = [create_writing_engine(parse_database_url(f"sqlite:///{tmp_path / 's.db'}")) for _ in range(2)]
    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(migrate, engines)) == [None, None]
    for engine in engines:
        engine.dispose()


def test_a_database_of_a_newer_version_is_left_alone(engine: sa.Engine) -> None:
    migrate(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'from_the_future'")
    with pytest.raises(StoreError, match="from_the_future"):
        migrate(engine)
