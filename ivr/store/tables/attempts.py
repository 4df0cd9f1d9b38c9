"""The attempt ledger."""

from __future__ import annotations

import sqlalchemy as sa

from ivr.accounts.contact_point import Medium
from ivr.attempts.attempt import AttemptState
from ivr.store.column_types import UtcDateTime, text_enum
from ivr.store.tables.metadata import metadata

_LIVE = sa.text("state IN ('placing', 'in_progress')")

attempts = sa.Table(
    "attempts",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("alert_id", sa.Text, sa.ForeignKey("alerts.id"), nullable=False),
    sa.Column("customer_id", sa.Text, sa.ForeignKey("customers.id"), nullable=False, index=True),
    sa.Column("cycle", sa.Integer, nullable=False),
    sa.Column("attempt_no", sa.Integer, nullable=False),
    sa.Column("step", sa.Integer, nullable=False),
    sa.Column("medium", text_enum(Medium, "medium"), nullable=False),
    sa.Column("contact_point_id", sa.Text, sa.ForeignKey("contact_points.id"), nullable=False),
    sa.Column("address", sa.Text, nullable=False, index=True),
    sa.Column("state", text_enum(AttemptState, "state"), nullable=False),
    sa.Column("due_at", UtcDateTime, nullable=False),
    sa.Column("rank_at", UtcDateTime, nullable=False),
    sa.Column("owner", sa.Text),
    sa.Column("epoch", sa.BigInteger, nullable=False),
    # Until when a claim holds.
    sa.Column("lease_until", UtcDateTime),
    sa.Column("placing_at", UtcDateTime),
    sa.Column("in_progress_at", UtcDateTime),
    sa.Column("closed_at", UtcDateTime),
    sa.Column("result", sa.Text),
    sa.Column("disposition", sa.Text),
    # Why it last went from claimed or placing back to ready.
    sa.Column("released_because", sa.Text),
    sa.UniqueConstraint("alert_id", "cycle", "attempt_no"),
    sa.CheckConstraint(
        "state NOT IN ('claimed', 'placing', 'in_progress') OR owner IS NOT NULL",
        name="worked_on_has_an_owner",
    ),
    sa.CheckConstraint(
        "(state IN ('closed', 'cancelled', 'expired', 'unknown')) = (closed_at IS NOT NULL)",
        name="ended_has_a_time",
    ),
    sa.Index("ix_attempts_state_rank_at", "state", "rank_at"),
    sa.Index("ix_attempts_state_due_at", "state", "due_at"),
    # Nobody is rung twice at once: these two are what `placing` runs into.
    sa.Index(
        "uq_attempts_live_customer", "customer_id", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE
    ),
    sa.Index("uq_attempts_live_address", "address", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
)
