"""Doors that are locked after too many wrong secrets."""

from __future__ import annotations

import sqlalchemy as sa

from ivr.store.column_types import UtcDateTime
from ivr.store.tables.metadata import metadata

lockouts = sa.Table(
    "lockouts",
    metadata,
    # `studio`.
    sa.Column("door", sa.Text, primary_key=True),
    # In a row, over all calls.
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("locked_until", UtcDateTime),
)
