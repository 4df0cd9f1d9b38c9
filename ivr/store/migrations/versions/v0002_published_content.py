"""Published content; alerts and calls pin the version they began with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "content_versions",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["base"], ["content_versions.id"], name=op.f("fk_content_versions_base")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_versions")),
        sa.UniqueConstraint("base", name=op.f("uq_content_versions_base")),
    )
    op.create_table(
        "content_bodies",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_content_bodies")),
    )
    op.create_table(
        "content_files",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["version"], ["content_versions.id"], name=op.f("fk_content_files_version")),
        sa.ForeignKeyConstraint(["body"], ["content_bodies.digest"], name=op.f("fk_content_files_body")),
        sa.PrimaryKeyConstraint("version", "path", name=op.f("pk_content_files")),
    )
    op.add_column("alerts", sa.Column("content_version", sa.Integer(), nullable=True))
    op.add_column("calls", sa.Column("content_version", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("calls", "content_version")
    op.drop_column("alerts", "content_version")
    op.drop_table("content_files")
    op.drop_table("content_bodies")
    op.drop_table("content_versions")
