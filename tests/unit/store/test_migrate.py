"""Migrations, as far as one database can tell; the contract tests compare the tables."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command

from ivr.errors import StoreError
from ivr.store.database import create_writing_engine, parse_database_url
from ivr.store.migrate import _config, migrate
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


def test_payments_of_an_older_database_are_kept_and_counted(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        command.upgrade(_config(connection), "0002")
        for statement in _OLD_PAYMENTS.split(";"):
            connection.exec_driver_sql(statement)
    migrate(engine)
    with engine.connect() as connection:
        found = connection.execute(sa.text("SELECT id, sequence, state FROM payment_intents ORDER BY id"))
        assert found.all() == [("i1", 1, "declined"), ("i2", 2, "pending"), ("i3", 1, "declined")]


_OLD_PAYMENTS = """
INSERT INTO customers (id, name, language) VALUES ('c1', 'Maria Lopez', 'en');
INSERT INTO accounts (id, customer_id, kind, status, balance_minor, amount_due_minor, currency)
VALUES ('a1', 'c1', 'card', 'open', 100, 100, 'USD');
INSERT INTO payment_methods (id, customer_id, kind, ending, token, listed)
VALUES ('m1', 'c1', 'card', '42', 'tok', 1);
INSERT INTO payment_intents (id, account_id, amount_minor, currency, method_id, state, created_at)
VALUES ('i1', 'a1', 100, 'USD', 'm1', 'declined', '2026-03-02 15:00:01'),
       ('i2', 'a1', 100, 'USD', 'm1', 'pending', '2026-03-02 15:00:02'),
       ('i3', 'a1', 50, 'USD', 'm1', 'declined', '2026-03-02 15:00:03')
"""


def test_a_database_of_a_newer_version_is_left_alone(engine: sa.Engine) -> None:
    migrate(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'from_the_future'")
    with pytest.raises(StoreError, match="from_the_future"):
        migrate(engine)
