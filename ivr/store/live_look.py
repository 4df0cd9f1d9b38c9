"""Look whether `ivr go-live` was said, and change nothing: for a command that only looks."""

from __future__ import annotations

import sqlalchemy as sa

from ivr.store.controls import SqlControls
from ivr.store.database import create_reading_engine, parse_database_url


def said_to_be_live(url: str) -> bool:
    """Return whether the installation is live; False where there is no database that tells.

    Raises UsageError for an address that can't be used.
    """
    engine = create_reading_engine(parse_database_url(url))
    try:
        with engine.connect() as connection:
            return SqlControls(connection).is_live()
    except sa.exc.SQLAlchemyError:
        return False
    finally:
        engine.dispose()
