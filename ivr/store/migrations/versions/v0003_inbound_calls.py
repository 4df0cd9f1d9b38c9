"""Calls that come in know whom they may be from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("calls", sa.Column("customer_id", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("calls", "customer_id")
