"""Engines: how each database is opened for writing and for reading."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

import sqlalchemy as sa

from ivr.errors import StoreError, UsageError

READERS = 4
"""Threads that read, each with a connection of its own."""
POSTGRESQL_WRITERS = 8
"""Threads that write to PostgreSQL; SQLite has exactly one."""

_SQLITE_BUSY_SECONDS = 5.0
_SQLITE_AGAIN_SECONDS = 0.01
_POSTGRESQL_OPTIONS = "-c timezone=UTC -c lock_timeout=5000"


def parse_database_url(url: str) -> sa.URL:
    """Read a database's address; raises UsageError when it is none that we can use."""
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError:
        raise UsageError(
            "the database's address can't be read; write sqlite:///path or postgresql://user@host/name"
        ) from None
    if parsed.drivername == "sqlite" and parsed.database and parsed.database != ":memory:":
        return parsed
    if parsed.drivername in {"postgresql", "postgresql+psycopg"}:
        return parsed.set(drivername="postgresql+psycopg")
    raise UsageError(
        f"{parsed.render_as_string(hide_password=True)} is no database we can use; "
        "write sqlite:///path (a file, not memory) or postgresql://user@host/name"
    )


def create_writing_engine(url: sa.URL) -> sa.Engine:
    """Return an engine whose transactions may write; a new SQLite file is readable by its owner only."""
    if url.drivername != "sqlite":
        return _postgresql_engine(url, POSTGRESQL_WRITERS)
    _create_private_file(Path(url.database or ""))
    return _sqlite_engine(url, 1, begin="BEGIN IMMEDIATE", pragmas=("journal_mode=WAL", "synchronous=FULL"))


def create_reading_engine(url: sa.URL) -> sa.Engine:
    """Return an engine whose transactions see one moment of the database and can't write."""
    if url.drivername == "sqlite":
        return _sqlite_engine(url, READERS, begin="BEGIN", pragmas=("query_only=ON",))
    engine = _postgresql_engine(url, READERS)
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _create_private_file(path: Path) -> None:
    """Make an empty file of mode 0600; SQLite gives its journal the same mode."""
    try:
        path.touch(mode=0o600, exist_ok=True)
    except OSError as error:
        raise StoreError(f"the database {path} can't be written: {error.strerror}") from error


def _postgresql_engine(url: sa.URL, connections: int) -> sa.Engine:
    return sa.create_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"options": _POSTGRESQL_OPTIONS},
    )


def _sqlite_engine(url: sa.URL, connections: int, begin: str, pragmas: tuple[str, ...]) -> sa.Engine:
    engine = sa.create_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        hide_parameters=True,
        connect_args={"timeout": _SQLITE_BUSY_SECONDS, "check_same_thread": False},
    )

    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        # sqlite3 would begin transactions by itself, deferred and too late; `start` does it instead.
        connection.isolation_level = None
        for pragma in (*pragmas, "foreign_keys=ON"):
            _set(connection, pragma)

    def start(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begin)

    sa.event.listen(engine, "connect", prepare)
    sa.event.listen(engine, "begin", start)
    return engine


def _set(connection: sqlite3.Connection, pragma: str) -> None:
    """Set a pragma; of two that make a new file WAL at once SQLite refuses one, without any waiting."""
    until = time.monotonic() + _SQLITE_BUSY_SECONDS
    while True:
        try:
            connection.execute(f"PRAGMA {pragma}")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(_SQLITE_AGAIN_SECONDS)
        else:
            return
