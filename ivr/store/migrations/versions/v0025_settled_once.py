"""Which call, of several that are up, has settled an alert."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "settlings",
        sa.Column("alert_id", sa.Text(), nullable=False),
        sa.Column("call_id", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name=op.f("fk_settlings_alert_id")),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("fk_settlings_call_id")),
        sa.PrimaryKeyConstraint("alert_id", name=op.f("pk_settlings")),
    )
    op.create_index(op.f("ix_settlings_call_id"), "settlings", ["call_id"], unique=False)


def downgrade() -> None:
    op.drop_table("settlings")
