"""What agents said calls came to."""

from __future__ import annotations

import sqlalchemy as sa

from ivr.outcomes.agent_disposition import AgentDisposition
from ivr.store.column_types import JSON_OBJECT, UtcDateTime, text_enum
from ivr.store.tables.metadata import metadata

agent_dispositions = sa.Table(
    "agent_dispositions",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("client", sa.Text, nullable=False),
    # The client's own: the same again is one and the same.
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("call_id", sa.Text, sa.ForeignKey("calls.id"), nullable=False, index=True),
    sa.Column("agent", sa.Text, nullable=False),
    sa.Column("disposition", text_enum(AgentDisposition, "disposition"), nullable=False),
    sa.Column("details", JSON_OBJECT, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("medium", sa.Text, nullable=False),
    sa.Column("customer_id", sa.Text, sa.ForeignKey("customers.id")),
    sa.Column("account_id", sa.Text, sa.ForeignKey("accounts.id")),
    sa.Column("alert_id", sa.Text, sa.ForeignKey("alerts.id")),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("content_version", sa.Text, nullable=False),
    sa.UniqueConstraint("client", "key"),
)
