"""What a database's refusal means."""

from __future__ import annotations

import sqlite3

import psycopg
import sqlalchemy as sa

from ivr.errors import StoreError


def is_taken(error: sa.exc.IntegrityError) -> bool:
    """Say whether a unique constraint or index was run into."""
    if isinstance(error.orig, psycopg.errors.UniqueViolation):
        return True
    name = getattr(error.orig, "sqlite_errorname", "")
    return name in {"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"}


def is_passing_conflict(error: BaseException) -> bool:
    """Say whether PostgreSQL gave up a transaction that may succeed when it is run again."""
    return isinstance(error, sa.exc.DBAPIError) and isinstance(
        error.orig, psycopg.errors.SerializationFailure | psycopg.errors.DeadlockDetected
    )


def as_store_error(error: sa.exc.SQLAlchemyError) -> StoreError:
    """Return the error for the use cases: the database's own words without the values of the statement."""
    return StoreError(f"the database refused: {_words_of(error)}")


def _words_of(error: sa.exc.SQLAlchemyError) -> str:
    if not isinstance(error, sa.exc.StatementError) or error.orig is None:
        return str(error)
    if isinstance(error.orig, psycopg.Error) and error.orig.diag.message_primary:
        # The whole text of a PostgreSQL error names the values of the row.
        return error.orig.diag.message_primary
    if isinstance(error.orig, sqlite3.Error | psycopg.Error | ValueError):
        return str(error.orig)
    return type(error.orig).__name__
