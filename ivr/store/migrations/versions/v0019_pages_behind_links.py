"""Answers on pages behind links: which message led there, what was proved; payments that they ask for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    for table in ("outcomes", "customer_history"):
        op.add_column(table, sa.Column("message_id", sa.Text(), nullable=True))
        op.add_column(table, sa.Column("proof", sa.Text(), nullable=True))
    op.create_table(
        "link_payments",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("alert_id", sa.Text(), nullable=True),
        sa.Column("intent_id", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("proof", sa.Text(), nullable=True),
        sa.Column("began_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_link_payments_message_id")),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name=op.f("fk_link_payments_alert_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_payments")),
    )
    op.create_index(op.f("ix_link_payments_ended_at"), "link_payments", ["ended_at"], unique=False)
    _let_links_be("purpose IN ('answer', 'pay', 'forward', 'authorise')")


def downgrade() -> None:
    op.execute("DELETE FROM links WHERE purpose = 'answer'")
    _let_links_be("purpose IN ('pay', 'forward', 'authorise')")
    op.drop_table("link_payments")
    for table in ("outcomes", "customer_history"):
        op.drop_column(table, "proof")
        op.drop_column(table, "message_id")


def _let_links_be(purposes: str) -> None:
    with op.batch_alter_table("links") as table:
        table.drop_constraint(op.f("ck_links_purpose"), type_="check")
        table.create_check_constraint(op.f("ck_links_purpose"), purposes)
