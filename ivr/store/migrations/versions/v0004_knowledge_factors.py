"""What customers can prove to be them by, and how often somebody failed to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("customers", sa.Column("birth_date", sa.Date(), nullable=True))
    op.add_column("customers", sa.Column("postcode", sa.Text(), nullable=True))
    op.add_column("accounts", sa.Column("ending", sa.Text(), nullable=True))
    op.create_table(
        "pins",
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_pins_customer_id")),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_pins")),
    )
    op.create_table(
        "factor_tries",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_factor_tries_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_factor_tries")),
    )
    op.create_index("ix_factor_tries_customer_id_at", "factor_tries", ["customer_id", "at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_factor_tries_customer_id_at", table_name="factor_tries")
    op.drop_table("factor_tries")
    op.drop_table("pins")
    op.drop_column("accounts", "ending")
    op.drop_column("customers", "postcode")
    op.drop_column("customers", "birth_date")
