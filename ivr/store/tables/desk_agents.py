"""Agents on telephones elsewhere, and what they prove it by."""

from __future__ import annotations

import sqlalchemy as sa

from ivr.store.column_types import UtcDateTime
from ivr.store.tables.metadata import metadata

desk_agents = sa.Table(
    "desk_agents",
    metadata,
    # Digits, keyed in by telephone.
    sa.Column("id", sa.Text, primary_key=True),
    # E.164: the telephone that the queues ring.
    sa.Column("number", sa.Text, nullable=False),
    # Argon2 with its parameters and salt; the PIN itself is nowhere.
    sa.Column("pin_hash", sa.Text, nullable=False),
    sa.Column("set_at", UtcDateTime, nullable=False),
)
