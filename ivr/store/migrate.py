"""Bring a database's tables up to date."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.util import CommandError

from ivr.errors import StoreError
from ivr.store.db_errors import as_store_error

_SCRIPTS = Path(__file__).parent / "migrations"
_LOCK = 5_264_104_377_131
"""Number of the PostgreSQL advisory lock of migrations; any, as long as nobody else uses it."""


def migrate(engine: sa.Engine) -> None:
    """Run the migrations that the database has not seen, all in one transaction.

    Two processes may start at once: the second waits and finds nothing to do. Raises StoreError when the
    database can't be reached, or was made by a newer version of this program.
    """
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
            command.upgrade(config_of(connection), "head")
    except sa.exc.SQLAlchemyError as error:
        raise as_store_error(error) from error
    except CommandError as error:
        raise StoreError(f"the database can't be migrated: {error}") from error


def config_of(connection: sa.Connection) -> Config:
    """Return what Alembic needs to know to run migrations in the transaction of `connection`."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
