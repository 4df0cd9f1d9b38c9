"""Authorisations of automatic payments, with what they rest on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_LASTING = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "payment_authorisations",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("method_id", sa.Text(), nullable=False),
        sa.Column("terms", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("call_id", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("recording", sa.Text(), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.Column("last_result", sa.Text(), nullable=True),
        sa.CheckConstraint("terms IN ('due', 'minimum')", name=op.f("ck_payment_authorisations_terms")),
        sa.CheckConstraint(
            "day BETWEEN 1 AND 28", name=op.f("ck_payment_authorisations_day_is_in_every_month")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_payment_authorisations_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_payment_authorisations_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["method_id"], ["payment_methods.id"], name=op.f("fk_payment_authorisations_method_id")
        ),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("fk_payment_authorisations_call_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_authorisations")),
    )
    op.create_index(
        op.f("uq_payment_authorisations_lasting_account"),
        "payment_authorisations",
        ["account_id"],
        unique=True,
        sqlite_where=_LASTING,
        postgresql_where=_LASTING,
    )
    op.create_index(
        op.f("ix_payment_authorisations_ended_at_next_on"),
        "payment_authorisations",
        ["ended_at", "next_on"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_table("payment_authorisations")
