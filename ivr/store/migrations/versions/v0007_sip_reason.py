"""The reason phrase beside a call's SIP status, as the far end wrote it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("calls", sa.Column("sip_reason", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("calls", "sip_reason")
