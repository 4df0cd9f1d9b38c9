"""Numbers that may not call us, and what leads to that."""

from __future__ import annotations

import sqlalchemy as sa

from ivr.store.column_types import UtcDateTime
from ivr.store.tables.metadata import metadata

caller_blocks = sa.Table(
    "caller_blocks",
    metadata,
    sa.Column("number", sa.Text, primary_key=True),
    sa.Column("since", UtcDateTime, nullable=False),
    # None: until somebody takes it back.
    sa.Column("until", UtcDateTime),
    sa.Column("reason", sa.Text, nullable=False),
    # `engine`, or who did it by hand.
    sa.Column("blocked_by", sa.Text, nullable=False),
    # Calls that it kept out: counted here, as those that are not answered have no row of their own.
    sa.Column("calls", sa.Integer, nullable=False, server_default="0"),
    sa.Column("last_call_at", UtcDateTime),
)

failed_references = sa.Table(
    "failed_references",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Index("ix_failed_references_number_at", "number", "at"),
)
