"""Every contract test runs once per database, each on a fresh copy of a migrated one."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

from ivr.store.database import create_writing_engine, parse_database_url
from ivr.store.migrate import migrate
from ivr.store.sql_store import SqlStore, open_store
from ivr.store.transaction import SqlTransaction
from tests.contract.postgresql import TEMPLATE, run_as_admin, running_server

_numbers = count(1)


def _migrated(url: str) -> None:
    engine = create_writing_engine(parse_database_url(url))
    migrate(engine)
    engine.dispose()


def _address(url: sa.URL) -> str:
    return url.render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[sa.URL]:
    with running_server() as server:
        run_as_admin(server, f"CREATE DATABASE {TEMPLATE}")
        _migrated(_address(server.set(database=TEMPLATE)))
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "migrated.db"
    _migrated(f"sqlite:///{path}")
    return path


_DATABASES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@contextmanager
def _fresh_database(request: pytest.FixtureRequest, kind: str, folder: Path) -> Iterator[str]:
    """Copy the migrated database of that kind; yields the copy's address."""
    if kind == "sqlite":
        path = folder / "store.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server: sa.URL = request.getfixturevalue("postgresql_server")
    name = f"test_{next(_numbers)}"
    run_as_admin(server, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    yield _address(server.set(database=name))
    run_as_admin(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=_DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return the address of a migrated database without any rows."""
    with _fresh_database(request, request.param, tmp_path) as url:
        yield url


@pytest.fixture(scope="session", params=_DATABASES)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Engine]:
    """Return a writing engine on a migrated database in which no test leaves a row."""
    with _fresh_database(request, request.param, tmp_path_factory.mktemp("shared")) as url:
        opened = create_writing_engine(parse_database_url(url))
        yield opened
        opened.dispose()


@pytest.fixture
def tx(engine: sa.Engine) -> Iterator[SqlTransaction]:
    """Return a transaction that is rolled back in the end."""
    with engine.connect() as connection, connection.begin() as transaction:
        yield SqlTransaction(connection)
        transaction.rollback()


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[SqlStore]:
    """Return an open store without any rows."""
    async with open_store(database_url) as opened:
        yield opened
