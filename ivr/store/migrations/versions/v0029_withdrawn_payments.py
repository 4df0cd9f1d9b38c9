"""A payment that we withdraw is not one that was declined; how often a blocked number has called since."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0027"
branch_labels = None
depends_on = None

_TABLE = "payment_intents"
_STATES_BEFORE = ("pending", "requires_action", "succeeded", "declined", "unknown")
_STATES = ("pending", "requires_action", "succeeded", "declined", "cancelled", "unknown")
_ONE_EACH = {
    "uq_payment_intents_open_account": (
        ["account_id"],
        "state IN ('pending', 'requires_action', 'unknown')",
    ),
    "uq_payment_intents_hosted_sequence": (
        ["account_id", "amount_minor", "currency", "sequence"],
        "method_id IS NULL",
    ),
}
"""Indexes that SQLite forgets when it copies the table, each with its columns and its condition."""


def upgrade() -> None:
    _let_states_be(_STATES_BEFORE, _STATES)
    op.add_column("caller_blocks", sa.Column("calls", sa.Integer(), server_default="0", nullable=False))
    op.add_column("caller_blocks", sa.Column("last_call_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("caller_blocks", "last_call_at")
    op.drop_column("caller_blocks", "calls")
    op.execute("UPDATE payment_intents SET state = 'declined' WHERE state = 'cancelled'")
    _let_states_be(_STATES, _STATES_BEFORE)


def _let_states_be(before: Sequence[str], states: Sequence[str]) -> None:
    for name in _ONE_EACH:
        op.drop_index(name, table_name=_TABLE)
    with op.batch_alter_table(_TABLE, copy_from=_table(before)) as table:
        table.drop_constraint(op.f("ck_payment_intents_state"), type_="check")
        table.create_check_constraint(op.f("ck_payment_intents_state"), sa.column("state").in_(states))
    for name, (columns, condition) in _ONE_EACH.items():
        op.create_index(
            name,
            _TABLE,
            columns,
            unique=True,
            sqlite_where=sa.text(condition),
            postgresql_where=sa.text(condition),
        )


def _table(states: Sequence[str]) -> sa.Table:
    """Return the table for SQLite, which copies it to change it and forgets checks that it is not told of."""
    return sa.Table(
        _TABLE,
        sa.MetaData(),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("method_id", sa.Text(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("provider_id", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("alert_id", sa.Text(), nullable=True),
        sa.Column("authorisation_id", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_intents")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_payment_intents_account_id")),
        sa.ForeignKeyConstraint(
            ["method_id"], ["payment_methods.id"], name=op.f("fk_payment_intents_method_id")
        ),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_payment_intents_amount_is_positive")),
        sa.CheckConstraint(sa.column("state").in_(states), name=op.f("ck_payment_intents_state")),
        sa.UniqueConstraint(
            *("account_id", "amount_minor", "currency", "method_id", "sequence"),
            name="uq_payment_intents_sequence",
        ),
        sa.Index(op.f("ix_payment_intents_account_id"), "account_id"),
    )
