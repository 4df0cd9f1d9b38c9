"""Who may do what: leases with their terms, and the ticks of the clock that were worked."""

from __future__ import annotations

import sqlalchemy as sa

from ivr.store.column_types import UtcDateTime
from ivr.store.tables.metadata import metadata

rule_runs = sa.Table(
    "rule_runs",
    metadata,
    sa.Column("rule", sa.Text, primary_key=True),
    sa.Column("scheduled_for", UtcDateTime, primary_key=True),
    sa.Column("began_at", UtcDateTime, nullable=False),
)

lease_terms = sa.Table(
    "lease_terms",
    metadata,
    # One numbering for all leases: an epoch names one owner of one lease for good.
    sa.Column("epoch", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("began_at", UtcDateTime, nullable=False),
)

leases = sa.Table(
    "leases",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    # Both None until the first owner has it.
    sa.Column("owner", sa.Text),
    sa.Column("epoch", sa.Integer, sa.ForeignKey("lease_terms.epoch"), unique=True),
    sa.Column("until", UtcDateTime, nullable=False),
)
