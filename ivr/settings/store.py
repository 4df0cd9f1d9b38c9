"""`[store]`."""

from __future__ import annotations

from pydantic import field_validator

from ivr.errors import UsageError
from ivr.settings.section import Section


class StoreSettings(Section):
    """Where data is kept."""

    url: str = ""
    """SQLAlchemy URL; empty: SQLite in the data folder."""

    @field_validator("url")
    @classmethod
    def _is_usable(cls, value: str) -> str:
        from ivr.store.database import parse_database_url

        try:
            if value:
                parse_database_url(value)
        except UsageError as error:
            raise ValueError(str(error)) from None
        return value
