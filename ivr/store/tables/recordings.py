"""Recordings: of whole calls, and of what somebody was asked to say."""

from __future__ import annotations

import sqlalchemy as sa

from ivr.calls.recording import RecordingKind
from ivr.store.column_types import UtcDateTime, text_enum
from ivr.store.tables.metadata import metadata

recordings = sa.Table(
    "recordings",
    metadata,
    # Opaque; the sound is in the file of this name.
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("kind", text_enum(RecordingKind, "kind"), nullable=False),
    sa.Column("call_id", sa.Text, sa.ForeignKey("calls.id"), nullable=False),
    # The rule by which the call was recorded.
    sa.Column("rule", sa.Text),
    sa.Column("begun_at", UtcDateTime, nullable=False),
    sa.Column("ended_at", UtcDateTime),
    # None with an end: it is lost.
    sa.Column("seconds", sa.Float),
    sa.Column("keep_until", UtcDateTime, nullable=False),
    sa.Column("deleted_at", UtcDateTime),
    sa.Column("deleted_by", sa.Text),
    sa.CheckConstraint("(deleted_at IS NULL) = (deleted_by IS NULL)", name="deleted_by_somebody"),
    sa.Index("ix_recordings_call_id", "call_id"),
    sa.Index("ix_recordings_ended_at", "ended_at"),
    sa.Index("ix_recordings_deleted_at_keep_until", "deleted_at", "keep_until"),
)
