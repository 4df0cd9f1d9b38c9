"""Monthly invitations to pay; events of accounts for them and for declined automatic payments."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_LASTING = sa.text("ended_at IS NULL")
_MEDIA = "('voice', 'sms', 'email', 'fax', 'web')"


def upgrade() -> None:
    op.create_table(
        "payment_invitations",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("medium", sa.String(length=32), nullable=False),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("call_id", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=False),
        sa.Column("invited_by", sa.String(length=32), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.CheckConstraint(f"medium IN {_MEDIA}", name=op.f("ck_payment_invitations_medium")),
        sa.CheckConstraint(f"invited_by IN {_MEDIA}", name=op.f("ck_payment_invitations_invited_by")),
        sa.CheckConstraint("day BETWEEN 1 AND 28", name=op.f("ck_payment_invitations_day_is_in_every_month")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_payment_invitations_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_payment_invitations_account_id")
        ),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("fk_payment_invitations_call_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_invitations")),
    )
    op.create_index(
        op.f("uq_payment_invitations_lasting_account"),
        "payment_invitations",
        ["account_id"],
        unique=True,
        sqlite_where=_LASTING,
        postgresql_where=_LASTING,
    )
    op.create_index(
        op.f("ix_payment_invitations_ended_at_next_on"),
        "payment_invitations",
        ["ended_at", "next_on"],
        unique=False,
    )
    _let_events_be(
        "kind IN ('promise_broken', 'low_score', 'payment_invitation', 'automatic_payment_declined')"
    )


def downgrade() -> None:
    op.execute(
        "DELETE FROM account_events WHERE kind IN ('payment_invitation', 'automatic_payment_declined')"
    )
    _let_events_be("kind IN ('promise_broken', 'low_score')")
    op.drop_table("payment_invitations")


def _let_events_be(kinds: str) -> None:
    with op.batch_alter_table("account_events") as table:
        table.drop_constraint(op.f("ck_account_events_kind"), type_="check")
        table.create_check_constraint(op.f("ck_account_events_kind"), kinds)
