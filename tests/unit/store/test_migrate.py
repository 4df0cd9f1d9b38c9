"""Migrations, as far as one database can tell; the contract tests compare the tables."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
import sqlalchemy as sa
from alembic import command

from ivr.alerts.reference import is_reference
from ivr.errors import StoreError
from ivr.store.database import create_writing_engine, parse_database_url
from ivr.store.migrate import config_of, migrate
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


def test_many_may_open_a_new_file_at_once(tmp_path: Path) -> None:
    together = Barrier(4)

    def opens(engine: sa.Engine) -> None:
        together.wait()
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS t (x)")
        engine.dispose()

    with ThreadPoolExecutor(4) as threads:
        for number in range(200):
            url = parse_database_url(f"sqlite:///{tmp_path / f'{number}.db'}")
            list(threads.map(opens, [create_writing_engine(url) for _ in range(4)]))


def test_payments_of_an_older_database_are_kept_and_counted(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        command.upgrade(config_of(connection), "0002")
        for statement in _OLD_PAYMENTS.split(";"):
            connection.exec_driver_sql(statement)
    migrate(engine)
    with engine.connect() as connection:
        found = connection.execute(sa.text("SELECT id, sequence, state FROM payment_intents ORDER BY id"))
        assert found.all() == [("i1", 1, "declined"), ("i2", 2, "pending"), ("i3", 1, "declined")]


def test_alerts_of_an_older_database_get_references_and_their_outcomes_stay(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        command.upgrade(config_of(connection), "0007")
        for statement in _OLD_OUTCOME.split(";"):
            connection.exec_driver_sql(statement)
    migrate(engine)
    with engine.begin() as connection:
        references = connection.execute(sa.text("SELECT reference FROM alerts")).scalars().all()
        assert len(set(references)) == 2
        assert all(is_reference(reference) for reference in references)
        # A hold points at the outcome, and one without an attempt may come beside it.
        connection.exec_driver_sql(_WITHOUT_ATTEMPT)
        kept = connection.execute(sa.text("SELECT id, attempt_id FROM outcomes ORDER BY id")).all()
        assert kept == [("o1", "at1"), ("o2", None)]
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


_WITHOUT_ATTEMPT = """
INSERT INTO outcomes (id, alert_id, customer_id, account_id, medium, disposition, responses, call_result, at,
content_version, call_id)
SELECT 'o2', alert_id, customer_id, account_id, medium, disposition, responses, call_result, at,
content_version, 'call-1' FROM outcomes
"""

_OLD_OUTCOME = """
INSERT INTO customers (id, name, language) VALUES ('c1', 'Maria Lopez', 'en');
INSERT INTO accounts (id, customer_id, kind, status, balance_minor, amount_due_minor, currency)
VALUES ('a1', 'c1', 'card', 'open', 100, 100, 'USD');
INSERT INTO contact_points (id, customer_id, medium, address, rank, listed, usable)
VALUES ('p1', 'c1', 'voice', '+12025550123', 1, 1, 1);
INSERT INTO alerts (id, rule, rule_version, topic, customer_id, account_id, dedupe_key, facts, priority,
created_at, expires_at, state, cycle)
VALUES ('al1', 'r', '1', 't', 'c1', 'a1', 'k1', '{}', 0, '2026-03-02 15:00:01', '2026-03-09 15:00:01',
        'open', 1),
       ('al2', 'r', '1', 't', 'c1', 'a1', 'k2', '{}', 0, '2026-03-02 15:00:01', '2026-03-09 15:00:01',
        'open', 1);
INSERT INTO attempts (id, alert_id, customer_id, cycle, attempt_no, step, medium, contact_point_id, address,
state, due_at, rank_at, epoch)
VALUES ('at1', 'al1', 'c1', 1, 1, 0, 'voice', 'p1', '+12025550123', 'ready', '2026-03-02 15:00:01',
'2026-03-02 15:00:01', 0);
INSERT INTO outcomes (id, alert_id, attempt_id, customer_id, account_id, medium, disposition, responses,
call_result, at, content_version)
VALUES ('o1', 'al1', 'at1', 'c1', 'a1', 'voice', 'payment', '[]', 'answered', '2026-03-02 15:00:01', '1');
INSERT INTO holds (id, kind, customer_id, since, source, outcome_id)
VALUES ('h1', 'disputed', 'c1', '2026-03-02 15:00:01', 'customer', 'o1')
"""

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
