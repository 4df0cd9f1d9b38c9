"""The customer's segment, and when an agent took a call."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("customers", sa.Column("segment", sa.Text(), nullable=True))
    op.add_column("calls", sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("calls", "taken_at")
    op.drop_column("customers", "segment")
