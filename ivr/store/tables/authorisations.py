"""Authorisations of automatic payments."""

from __future__ import annotations

import sqlalchemy as sa

from ivr.payments.authorisation import AmountTerms
from ivr.store.column_types import UtcDateTime, text_enum
from ivr.store.tables.metadata import metadata

authorisations = sa.Table(
    "payment_authorisations",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("customer_id", sa.Text, sa.ForeignKey("customers.id"), nullable=False),
    sa.Column("account_id", sa.Text, sa.ForeignKey("accounts.id"), nullable=False),
    sa.Column("method_id", sa.Text, sa.ForeignKey("payment_methods.id"), nullable=False),
    sa.Column("terms", text_enum(AmountTerms, "terms"), nullable=False),
    sa.Column("day", sa.Integer, nullable=False),
    sa.Column("agreed_at", UtcDateTime, nullable=False),
    sa.Column("call_id", sa.Text, sa.ForeignKey("calls.id"), nullable=False),
    # Which words it was given to.
    sa.Column("words", sa.Text, nullable=False),
    # The customer's own voice.
    sa.Column("recording", sa.Text),
    sa.Column("next_on", sa.Date, nullable=False),
    sa.Column("ended_at", UtcDateTime),
    sa.Column("ended_by", sa.Text),
    sa.Column("last_result", sa.Text),
    sa.CheckConstraint("day BETWEEN 1 AND 28", name="day_is_in_every_month"),
    sa.Index(
        "uq_payment_authorisations_lasting_account",
        "account_id",
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    ),
    sa.Index("ix_payment_authorisations_ended_at_next_on", "ended_at", "next_on"),
)
