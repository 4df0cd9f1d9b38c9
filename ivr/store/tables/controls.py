"""What persons decided about dialling as a whole."""

from __future__ import annotations

import sqlalchemy as sa

from ivr.store.column_types import UtcDateTime
from ivr.store.tables.metadata import metadata

control_changes = sa.Table(
    "control_changes",
    metadata,
    # Only ever added to: the last of a name holds, the others tell who changed it when.
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("value", sa.Boolean, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.CheckConstraint("name IN ('live', 'stopped')", name="name"),
    sa.Index("ix_control_changes_name_id", "name", "id"),
)
