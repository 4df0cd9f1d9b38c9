"""What people answered in surveys."""

from __future__ import annotations

import sqlalchemy as sa

from ivr.store.column_types import UtcDateTime
from ivr.store.tables.metadata import metadata

survey_answers = sa.Table(
    "survey_answers",
    metadata,
    # No foreign key: an answer outlives what a retention job may take of the calls.
    sa.Column("call_id", sa.Text, primary_key=True),
    sa.Column("survey", sa.Text, primary_key=True),
    sa.Column("question", sa.Text, primary_key=True),
    sa.Column("score", sa.Integer),
    # The opaque name of what was said instead of a score.
    sa.Column("recording", sa.Text),
    sa.Column("customer_id", sa.Text, index=True),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.CheckConstraint("(score IS NULL) != (recording IS NULL)", name="is_one_thing"),
)
