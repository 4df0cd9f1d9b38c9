"""Holds on accounts and customers."""

from __future__ import annotations

import sqlalchemy as sa

from ivr.accounts.hold import HoldKind
from ivr.store.column_types import UtcDateTime, text_enum
from ivr.store.tables.metadata import metadata

holds = sa.Table(
    "holds",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("kind", text_enum(HoldKind, "kind"), nullable=False),
    sa.Column("customer_id", sa.Text, sa.ForeignKey("customers.id"), nullable=False),
    # None: all accounts of the customer, every topic.
    sa.Column("account_id", sa.Text, sa.ForeignKey("accounts.id")),
    sa.Column("topic", sa.Text),
    sa.Column("since", UtcDateTime, nullable=False),
    # None: until somebody lifts it.
    sa.Column("until", UtcDateTime),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("alert_id", sa.Text, sa.ForeignKey("alerts.id")),
    sa.Column("outcome_id", sa.Text, sa.ForeignKey("outcomes.id")),
    sa.Column("lifted_by", sa.Text),
    # When what follows on its end was done.
    sa.Column("ended_at", UtcDateTime),
    sa.Index("ix_holds_customer_id_ended_at", "customer_id", "ended_at"),
    sa.Index("ix_holds_ended_at_until", "ended_at", "until"),
)
