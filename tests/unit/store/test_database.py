"""Which databases can be used, and how they are opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.errors import StoreError, UsageError
from ivr.store.database import create_reading_engine, create_writing_engine, parse_database_url
from ivr.store.sql_store import open_store


@pytest.mark.parametrize("url", ["postgresql://u@h/db", "postgresql+psycopg://u@h/db"])
def test_postgresql_is_spoken_by_psycopg(url: str) -> None:
    assert parse_database_url(url).drivername == "postgresql+psycopg"


@pytest.mark.parametrize(
    "url", ["sqlite://", "sqlite:///:memory:", "mysql://u@h/db", "sqlite+aiosqlite:///x.db", "nonsense", ""]
)
def test_what_can_not_be_used_is_said_with_what_can(url: str) -> None:
    with pytest.raises(UsageError, match=r"write sqlite:///path .*or postgresql://user@host/name"):
        parse_database_url(url)


def test_a_password_is_not_repeated() -> None:
    with pytest.raises(UsageError) as refused:
        parse_database_url("mysql://u:secret@h/db")
    assert "secret" not in str(refused.value)


def test_a_new_file_is_private_and_safe_against_power_loss(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    engine = create_writing_engine(parse_database_url(f"sqlite:///{path}"))
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE t (n)")
        found = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
        assert {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {0o600}
    engine.dispose()
    assert found == ["wal", 2, 1]


def test_a_reader_sees_one_moment(tmp_path: Path) -> None:
    url = parse_database_url(f"sqlite:///{tmp_path / 's.db'}")
    writing = create_writing_engine(url)
    reading = create_reading_engine(url)
    with writing.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE t (n)")
    with reading.begin() as reader:
        assert reader.exec_driver_sql("SELECT count(*) FROM t").scalar() == 0
        with writing.begin() as writer:
            writer.exec_driver_sql("INSERT INTO t VALUES (1)")
        assert reader.exec_driver_sql("SELECT count(*) FROM t").scalar() == 0
    writing.dispose()
    reading.dispose()


async def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="can't be written: No such file or directory"):
        async with open_store(f"sqlite:///{tmp_path / 'nowhere' / 's.db'}"):
            pass


async def test_a_server_that_is_not_there_is_a_store_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="refused"):
        async with open_store(f"postgresql://u@/db?host={tmp_path}"):
            pass


async def test_a_file_that_is_no_database_is_a_store_error(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    path.write_text("This is not a database at all, however long one looks at it. " * 20)
    with pytest.raises(StoreError, match="not a database"):
        async with open_store(f"sqlite:///{path}"):
            pass
