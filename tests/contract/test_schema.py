"""The migrations make exactly the tables that the code knows, on both databases."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from ivr.store.database import create_writing_engine, parse_database_url
from ivr.store.migrate import migrate
from ivr.store.tables import metadata


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


def _checks(inspector: sa.Inspector, table: str) -> list[dict[str, object]]:
    return [dict(check) for check in inspector.get_check_constraints(table)]


def _own(table: sa.Table) -> list[sa.CheckConstraint]:
    return [constraint for constraint in table.constraints if isinstance(constraint, sa.CheckConstraint)]
