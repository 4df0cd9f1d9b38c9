"""Every contract test runs once per database, each on a fresh copy of a migrated one."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

from ivr.store.database import create_writing_engine, parse_database_url
from ivr.store.migrate import migrate
from ivr.store.sql_store import SqlStore, open_store
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


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return the address of a migrated database without any rows."""
    if request.param == "sqlite":
        path = tmp_path / "store.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server: sa.URL = request.getfixturevalue("postgresql_server")
    name = f"test_{next(_numbers)}"
    run_as_admin(server, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    yield _address(server.set(database=name))
    run_as_admin(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[SqlStore]:
    """Return an open store without any rows."""
    async with open_store(database_url) as opened:
        yield opened
