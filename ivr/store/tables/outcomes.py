"""Outcomes and what is still to be told to others about them."""

from __future__ import annotations

import sqlalchemy as sa

from ivr.outcomes.disposition import Disposition
from ivr.store.column_types import JSON_OBJECT, UtcDateTime, text_enum
from ivr.store.tables.metadata import metadata

outcomes = sa.Table(
    "outcomes",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("alert_id", sa.Text, sa.ForeignKey("alerts.id"), nullable=False, index=True),
    # An attempt ends once. None for what was said in a call that came in.
    sa.Column("attempt_id", sa.Text, sa.ForeignKey("attempts.id"), unique=True),
    # The call in which it was said, for one that came in.
    sa.Column("call_id", sa.Text),
    sa.Column("customer_id", sa.Text, sa.ForeignKey("customers.id"), nullable=False, index=True),
    sa.Column("account_id", sa.Text, sa.ForeignKey("accounts.id"), nullable=False),
    sa.Column("medium", sa.Text, nullable=False),
    sa.Column("disposition", text_enum(Disposition, "disposition"), nullable=False),
    # [[response, detail], …] in the order in which they were meant.
    sa.Column("responses", JSON_OBJECT, nullable=False),
    sa.Column("call_result", sa.Text, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("content_version", sa.Text, nullable=False),
    # Of what was said on the page behind a link: the message that led there, and what was proved there.
    sa.Column("message_id", sa.Text),
    sa.Column("proof", sa.Text),
)

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("target", sa.Text, nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("payload", JSON_OBJECT, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("next_at", UtcDateTime, nullable=False),
    sa.Column("last_error", sa.Text),
    sa.Column("acknowledged_at", UtcDateTime),
    sa.UniqueConstraint("target", "key"),
    sa.Index("ix_outbox_acknowledged_at_next_at", "acknowledged_at", "next_at"),
)
