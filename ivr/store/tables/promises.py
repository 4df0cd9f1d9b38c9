"""Promises to pay, each in one or more parts."""

from __future__ import annotations

import sqlalchemy as sa

from ivr.accounts.promise import PartState, PromiseState
from ivr.store.column_types import UtcDateTime, text_enum
from ivr.store.tables.metadata import metadata

_OPEN = sa.text("state = 'open'")

promises = sa.Table(
    "promises",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("account_id", sa.Text, sa.ForeignKey("accounts.id"), nullable=False),
    sa.Column("customer_id", sa.Text, sa.ForeignKey("customers.id"), nullable=False, index=True),
    # None for one that answered no alert.
    sa.Column("alert_id", sa.Text, sa.ForeignKey("alerts.id")),
    # What it is about; None is everything.
    sa.Column("topic", sa.Text),
    # None for one that an agent took.
    sa.Column("outcome_id", sa.Text, sa.ForeignKey("outcomes.id")),
    sa.Column("made_at", UtcDateTime, nullable=False),
    sa.Column("was_due_minor", sa.BigInteger, nullable=False),
    sa.Column("currency", sa.Text, nullable=False),
    # Of the last part.
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Column("state", text_enum(PromiseState, "state"), nullable=False),
    sa.Column("ended_at", UtcDateTime),
    sa.CheckConstraint("(state = 'open') = (ended_at IS NULL)", name="ended_has_a_time"),
    sa.Index("ix_promises_account_id_made_at", "account_id", "made_at"),
    # An account has one open promise: a new one takes the place of the last.
    sa.Index(
        "uq_promises_open_account", "account_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN
    ),
)

promise_parts = sa.Table(
    "promise_parts",
    metadata,
    sa.Column("promise_id", sa.Text, sa.ForeignKey("promises.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("amount_minor", sa.BigInteger, nullable=False),
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Column("review_at", UtcDateTime, nullable=False),
    sa.Column("state", text_enum(PartState, "state"), nullable=False),
    sa.CheckConstraint("amount_minor > 0", name="amount_is_positive"),
    sa.Index("ix_promise_parts_state_review_at", "state", "review_at"),
)
