"""Monthly invitations to pay."""

from __future__ import annotations

import sqlalchemy as sa

from ivr.accounts.contact_point import Medium
from ivr.store.column_types import UtcDateTime, text_enum
from ivr.store.tables.metadata import metadata

invitations = sa.Table(
    "payment_invitations",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("customer_id", sa.Text, sa.ForeignKey("customers.id"), nullable=False),
    sa.Column("account_id", sa.Text, sa.ForeignKey("accounts.id"), nullable=False),
    sa.Column("day", sa.Integer, nullable=False),
    sa.Column("medium", text_enum(Medium, "medium"), nullable=False),
    sa.Column("topic", sa.Text),
    sa.Column("agreed_at", UtcDateTime, nullable=False),
    sa.Column("call_id", sa.Text, sa.ForeignKey("calls.id"), nullable=False),
    # Which words it was said to.
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("next_on", sa.Date, nullable=False),
    # By what the last one went.
    sa.Column("invited_by", text_enum(Medium, "invited_by")),
    sa.Column("ended_at", UtcDateTime),
    sa.Column("ended_by", sa.Text),
    sa.CheckConstraint("day BETWEEN 1 AND 28", name="day_is_in_every_month"),
    sa.Index(
        "uq_payment_invitations_lasting_account",
        "account_id",
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    ),
    sa.Index("ix_payment_invitations_ended_at_next_on", "ended_at", "next_on"),
)
