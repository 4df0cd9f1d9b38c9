"""The migrations make exactly the tables that the code knows, on both databases."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from ivr.payments.intent import ChargeResult, IntentState, PaymentIntent
from ivr.store.database import create_writing_engine, parse_database_url
from ivr.store.migrate import config_of, migrate
from ivr.store.tables import metadata
from ivr.store.transaction import SqlTransaction
from tests.contract.samples import NOW, record, usd


def test_the_migrated_schema_is_the_metadata(database_url: str) -> None:
    engine = create_writing_engine(parse_database_url(database_url))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"target_metadata": metadata})
        differences = compare_metadata(context, metadata)
    engine.dispose()
    assert differences == []


def test_every_check_of_the_metadata_is_in_the_database(database_url: str) -> None:
    # Alembic compares no CHECK constraints.
    engine = create_writing_engine(parse_database_url(database_url))
    inspector = sa.inspect(engine)
    found = {(table, str(check["name"])) for table in metadata.tables for check in _checks(inspector, table)}
    engine.dispose()
    assert found == {
        (table.name, str(check.name)) for table in metadata.tables.values() for check in _own(table)
    }


def test_the_database_knows_every_member_of_every_enum(database_url: str) -> None:
    engine = create_writing_engine(parse_database_url(database_url))
    inspector = sa.inspect(engine)
    for table in metadata.tables.values():
        texts = {str(check["name"]): str(check["sqltext"]) for check in _checks(inspector, table.name)}
        for column in table.columns:
            if isinstance(column.type, sa.Enum):
                allowed = re.findall(r"'(\w+)'", texts[f"ck_{table.name}_{column.type.name}"])
                assert sorted(allowed) == sorted(column.type.enums), f"{column}: a migration is missing"
    engine.dispose()


def test_migrating_again_changes_nothing(database_url: str) -> None:
    engine = create_writing_engine(parse_database_url(database_url))
    before = sorted(sa.inspect(engine).get_table_names())
    migrate(engine)
    assert sorted(sa.inspect(engine).get_table_names()) == before
    engine.dispose()


def test_going_back_forgets_no_payment_on_a_page_that_may_have_been_made(database_url: str) -> None:
    hosted = PaymentIntent("i1", "a1", usd(12_345), None, IntentState.PENDING)
    engine = create_writing_engine(parse_database_url(database_url))
    with engine.begin() as connection:
        tx = SqlTransaction(connection)
        tx.customers.put(record(1))
        assert tx.payments.open_intent(hosted, NOW)
    with pytest.raises(RuntimeError, match="1 payments on the provider's page are open"):
        _go_back(engine, "0024")
    with engine.begin() as connection:
        SqlTransaction(connection).payments.resolve("i1", ChargeResult(IntentState.CANCELLED), NOW)
    _go_back(engine, "0024")
    migrate(engine)
    engine.dispose()


def _go_back(engine: sa.Engine, revision: str) -> None:
    with engine.begin() as connection:
        command.downgrade(config_of(connection), revision)


def _checks(inspector: sa.Inspector, table: str) -> list[dict[str, object]]:
    return [dict(check) for check in inspector.get_check_constraints(table)]


def _own(table: sa.Table) -> list[sa.CheckConstraint]:
    return [constraint for constraint in table.constraints if isinstance(constraint, sa.CheckConstraint)]
