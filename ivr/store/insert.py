"""Inserts that say what happens when the row is there already."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql import dml


def insert_if_absent(
    connection: sa.Connection,
    table: sa.Table,
    row: dict[str, Any],
    unless: Sequence[str] | None = None,
) -> bool:
    """Insert `row` unless one is there with the same `unless` (None: any unique key); say whether it was."""
    columns = None if unless is None else tuple(unless)
    statement = _if_absent(connection.dialect.name, table, columns)
    return connection.execute(statement, row).first() is not None


@cache
def _if_absent(
    dialect: str, table: sa.Table, unless: tuple[str, ...] | None
) -> dml.ReturningInsert[tuple[int]]:
    statement = _insert(dialect, table).on_conflict_do_nothing(index_elements=unless)
    # Told by a returned row: drivers don't agree on an insert's rowcount.
    return statement.returning(sa.literal(1))


Keep = Callable[[sa.Table, sa.ColumnCollection[str, Any]], Mapping[str, sa.ColumnElement[Any]]]
"""Given the table as it is and the row that is offered, returns the columns that become something else."""


def upsert(
    connection: sa.Connection,
    table: sa.Table,
    row: dict[str, Any],
    key: Sequence[str],
    keep: Keep | None = None,
) -> None:
    """Insert `row`, or bring the row of the same `key` up to it, but for what `keep` says."""
    connection.execute(_upsert(connection.dialect.name, table, tuple(row), tuple(key), keep), row)


@cache
def _upsert(
    dialect: str, table: sa.Table, columns: tuple[str, ...], key: tuple[str, ...], keep: Keep | None
) -> sa.Insert:
    statement = _insert(dialect, table)
    changes = {name: statement.excluded[name] for name in columns if name not in key}
    kept = keep(table, statement.excluded) if keep else {}
    return statement.on_conflict_do_update(index_elements=key, set_={**changes, **kept})


def _insert(dialect: str, table: sa.Table) -> postgresql.Insert | sqlite.Insert:
    if dialect == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)
