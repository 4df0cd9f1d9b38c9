"""Calls, what happened in them, and where to resume them."""

from __future__ import annotations

import sqlalchemy as sa

from ivr.calls.aftermath import Aftermath
from ivr.calls.answered_by import AnsweredBy
from ivr.calls.call_result import CallResult
from ivr.store.column_types import JSON_OBJECT, UtcDateTime, text_enum
from ivr.store.tables.metadata import metadata

calls = sa.Table(
    "calls",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    # None for a call that came in.
    sa.Column("attempt_id", sa.Text, sa.ForeignKey("attempts.id"), index=True),
    sa.Column("direction", sa.Text, nullable=False),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("trunk", sa.Text, nullable=False),
    sa.Column("caller_id", sa.Text),
    sa.Column("flow", sa.Text, nullable=False),
    sa.Column("flow_version", sa.Text, nullable=False),
    sa.Column("content_version", sa.Integer),
    # Of a call that came in: whose number it came from, if that was one customer's. A hint, no proof.
    sa.Column("customer_id", sa.Text),
    # By which those at the desk ask for it, where its own id could be guessed.
    sa.Column("story_id", sa.Text),
    # Of a call that came in: the rule whose number was dialled, if it is one rule's.
    sa.Column("rule", sa.Text),
    sa.Column("started_at", UtcDateTime, nullable=False, index=True),
    # The agent to whom the queue gave it: a softphone, or a number.
    sa.Column("taken_by", sa.Text),
    sa.Column("taken_at", UtcDateTime),
    sa.Column("ringing_at", UtcDateTime),
    sa.Column("answered_at", UtcDateTime),
    sa.Column("ended_at", UtcDateTime),
    sa.Column("call_result", text_enum(CallResult, "call_result")),
    sa.Column("answered_by", text_enum(AnsweredBy, "answered_by")),
    sa.Column("sip_call_id", sa.Text),
    sa.Column("q850", sa.Integer),
    sa.Column("cause_text", sa.Text),
    sa.Column("sip_status", sa.Integer),
    # The reason phrase beside it, which alone tells 603+ from 603.
    sa.Column("sip_reason", sa.Text),
    # Seconds, as are the ring seconds.
    sa.Column("post_dial_delay", sa.Double),
    sa.Column("ring_seconds", sa.Double),
    sa.Column("codec", sa.Text),
    # RTP packets, from our side.
    sa.Column("rtp_sent", sa.Integer),
    sa.Column("rtp_received", sa.Integer),
    sa.Column("rtp_lost", sa.Integer),
    sa.Column("jitter_ms", sa.Double),
    sa.Index("ix_calls_taken_by_ended_at", "taken_by", "ended_at"),
    sa.Index("uq_calls_story_id", "story_id", unique=True),
    sa.CheckConstraint("direction IN ('outbound', 'inbound')", name="direction"),
    sa.CheckConstraint("(ended_at IS NULL) = (call_result IS NULL)", name="ended_has_a_result"),
    sa.Index("ix_calls_number_started_at", "number", "started_at"),
)

# What a call that came in was about, once it was known who called.
call_alerts = sa.Table(
    "call_alerts",
    metadata,
    sa.Column("call_id", sa.Text, sa.ForeignKey("calls.id"), primary_key=True),
    sa.Column("alert_id", sa.Text, sa.ForeignKey("alerts.id"), primary_key=True, index=True),
    # The first one that was spoken of is the primary one.
    sa.Column("role", sa.Text, nullable=False),
    sa.CheckConstraint("role IN ('primary', 'further')", name="role"),
)

call_steps = sa.Table(
    "call_steps",
    metadata,
    sa.Column("call_id", sa.Text, sa.ForeignKey("calls.id"), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("node", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("detail", JSON_OBJECT, nullable=False),
)

# How often a verdict on who answered came to what, by trunk: a confusion matrix.
answer_scores = sa.Table(
    "answer_scores",
    metadata,
    sa.Column("trunk", sa.Text, primary_key=True),
    sa.Column("verdict", text_enum(AnsweredBy, "verdict"), primary_key=True),
    sa.Column("aftermath", text_enum(Aftermath, "aftermath"), primary_key=True),
    sa.Column("calls", sa.Integer, nullable=False),
)

checkpoints = sa.Table(
    "checkpoints",
    metadata,
    sa.Column("call_id", sa.Text, sa.ForeignKey("calls.id"), primary_key=True),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
)
