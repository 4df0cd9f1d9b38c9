"""What customers prove to be them by, beside what their record holds, and how often they failed to."""

from __future__ import annotations

import sqlalchemy as sa

from ivr.store.column_types import UtcDateTime
from ivr.store.tables.metadata import metadata

pins = sa.Table(
    "pins",
    metadata,
    sa.Column("customer_id", sa.Text, sa.ForeignKey("customers.id"), primary_key=True),
    # Argon2 with its parameters and salt; the PIN itself is nowhere.
    sa.Column("hash", sa.Text, nullable=False),
    sa.Column("set_at", UtcDateTime, nullable=False),
)

factor_tries = sa.Table(
    "factor_tries",
    metadata,
    # A row for each try that did not match, or whose end nobody wrote down. Of what was keyed it has nothing.
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("customer_id", sa.Text, sa.ForeignKey("customers.id"), nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Index("ix_factor_tries_customer_id_at", "customer_id", "at"),
)
