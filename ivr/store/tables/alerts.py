"""Alerts and the decisions about them."""

from __future__ import annotations

import sqlalchemy as sa

from ivr.alerts.alert import AlertState
from ivr.attempts.eligibility.decision import Verdict
from ivr.store.column_types import JSON_OBJECT, UtcDateTime, text_enum
from ivr.store.tables.metadata import metadata

alerts = sa.Table(
    "alerts",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("rule", sa.Text, nullable=False),
    sa.Column("rule_version", sa.Text, nullable=False),
    sa.Column("content_version", sa.Integer),
    sa.Column("topic", sa.Text, nullable=False),
    sa.Column("customer_id", sa.Text, sa.ForeignKey("customers.id"), nullable=False, index=True),
    sa.Column("account_id", sa.Text, sa.ForeignKey("accounts.id"), nullable=False, index=True),
    sa.Column("dedupe_key", sa.Text, nullable=False, unique=True),
    sa.Column("facts", JSON_OBJECT, nullable=False),
    sa.Column("priority", sa.Integer, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("expires_at", UtcDateTime, nullable=False),
    sa.Column("state", text_enum(AlertState, "state"), nullable=False),
    sa.Column("cycle", sa.Integer, nullable=False),
    sa.Column("ended_at", UtcDateTime),
    sa.Column("end_reason", sa.Text),
    # Of an alert that a customer passed on: which one, to whom, and the recording that goes with it.
    sa.Column("forwarded_from", sa.Text),
    sa.Column("forwarded_to", sa.Text),
    sa.Column("comment", sa.Text),
    # Of an alert that tells what came of one that was passed on: which.
    sa.Column("tells_of", sa.Text),
    sa.Column("reference", sa.Text),
    # The customer's "later", which binds every medium.
    sa.Column("deferred_until", UtcDateTime),
    sa.CheckConstraint("(state = 'open') = (ended_at IS NULL)", name="ended_has_a_time"),
    sa.Index("ix_alerts_state_rule", "state", "rule"),
    sa.Index("uq_alerts_reference", "reference", unique=True),
)

# Which call, of those that are up, has settled an alert: its end is what ends the alert.
settlings = sa.Table(
    "settlings",
    metadata,
    sa.Column("alert_id", sa.Text, sa.ForeignKey("alerts.id"), primary_key=True),
    sa.Column("call_id", sa.Text, sa.ForeignKey("calls.id"), nullable=False, index=True),
    sa.Column("at", UtcDateTime, nullable=False),
)

decisions = sa.Table(
    "decisions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("alert_id", sa.Text, sa.ForeignKey("alerts.id"), nullable=False),
    sa.Column("attempt_id", sa.Text, sa.ForeignKey("attempts.id")),
    sa.Column("stage", sa.Text, nullable=False),
    sa.Column("verdict", text_enum(Verdict, "verdict"), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("until", UtcDateTime),
    # How often this stage said the same in a row.
    sa.Column("times_seen", sa.Integer, nullable=False),
    sa.Column("first_seen_at", UtcDateTime, nullable=False),
    sa.Column("last_seen_at", UtcDateTime, nullable=False),
    sa.Index("ix_decisions_alert_id_stage", "alert_id", "stage"),
)
