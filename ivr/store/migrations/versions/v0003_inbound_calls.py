"""Calls that come in know whom they may be from; wrong secrets are counted over all calls."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("calls", sa.Column("customer_id", sa.Text(), nullable=True))
    op.create_table(
        "lockouts",
        sa.Column("door", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("door", name=op.f("pk_lockouts")),
    )


def downgrade() -> None:
    op.drop_table("lockouts")
    op.drop_column("calls", "customer_id")
