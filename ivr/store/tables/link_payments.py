"""Payments that were asked for on the page behind a link."""

from __future__ import annotations

import sqlalchemy as sa

from ivr.store.column_types import UtcDateTime
from ivr.store.tables.metadata import metadata

link_payments = sa.Table(
    "link_payments",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("message_id", sa.Text, sa.ForeignKey("messages.id"), nullable=False),
    sa.Column("alert_id", sa.Text, sa.ForeignKey("alerts.id")),
    # There may be none yet: it is written down before the payment begins.
    sa.Column("intent_id", sa.Text, nullable=False, index=True),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("proof", sa.Text),
    sa.Column("began_at", UtcDateTime, nullable=False),
    # NULL until it is kept what came of it.
    sa.Column("ended_at", UtcDateTime, index=True),
)
