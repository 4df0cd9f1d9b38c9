"""Column types that hold the same values on every database."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import Enum
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from ivr.clock import require_utc

E = TypeVar("E", bound=Enum)

_ENUM_LENGTH = 32
"""Characters; room for longer members, so that adding one changes a check and not the column."""


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """A moment: aware in, aware UTC out. A naive one is refused (ValueError inside a StatementError)."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Return `value` as the database keeps it: SQLite knows no zone, so it gets UTC without one."""
        if value is None:
            return None
        moment = require_utc(value)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Return the kept moment, aware and in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


def text_enum(members: type[E], constraint: str) -> sa.Enum:
    """Return a text column type that takes only the values of `members`, guarded by a CHECK."""
    return sa.Enum(
        members,
        name=constraint,
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=_ENUM_LENGTH,
        values_callable=lambda enum: [member.value for member in enum],
    )


JSON_OBJECT = sa.JSON().with_variant(JSONB(), "postgresql")
"""A JSON value, indexable where the database can."""
