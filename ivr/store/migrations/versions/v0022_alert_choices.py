"""What customers choose about the alerts of single rules."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alert_choices",
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=True),
        sa.Column("threshold_minor", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("at", sa.Text(), nullable=True),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("call_id", sa.Text(), nullable=False),
        sa.Column("content_version", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(threshold_minor IS NULL) = (currency IS NULL)",
            name=op.f("ck_alert_choices_amount_has_currency"),
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_alert_choices_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("customer_id", "rule", name=op.f("pk_alert_choices")),
    )


def downgrade() -> None:
    op.drop_table("alert_choices")
