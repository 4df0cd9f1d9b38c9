"""Published content: versions, their files, and what is in the files, each body once."""

from __future__ import annotations

import sqlalchemy as sa

from ivr.store.column_types import UtcDateTime
from ivr.store.tables.metadata import metadata

content_versions = sa.Table(
    "content_versions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("published_at", UtcDateTime, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    # Unique: of two who publish on the same base at once, one is refused.
    sa.Column("base", sa.Integer, sa.ForeignKey("content_versions.id"), unique=True),
    sa.Column("digest", sa.Text, nullable=False),
)

content_bodies = sa.Table(
    "content_bodies",
    metadata,
    sa.Column("digest", sa.Text, primary_key=True),
    sa.Column("body", sa.LargeBinary, nullable=False),
)

content_files = sa.Table(
    "content_files",
    metadata,
    sa.Column("version", sa.Integer, sa.ForeignKey("content_versions.id"), primary_key=True),
    sa.Column("path", sa.Text, primary_key=True),
    sa.Column("body", sa.Text, sa.ForeignKey("content_bodies.digest"), nullable=False),
)
