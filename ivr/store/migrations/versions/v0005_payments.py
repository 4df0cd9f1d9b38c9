"""Payment intents in two steps, counted per account, amount and method; the least that is to be paid."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_TABLE = "payment_intents"
_STATES_BEFORE = ("pending", "succeeded", "declined", "unknown")
_STATES = ("pending", "requires_action", "succeeded", "declined", "unknown")
_OPEN_BEFORE = "state IN ('pending', 'unknown')"
_OPEN = "state IN ('pending', 'requires_action', 'unknown')"
_SEQUENCE = ["account_id", "amount_minor", "currency", "method_id", "sequence"]
_COUNTED = """
UPDATE payment_intents SET sequence = (
    SELECT count(*) FROM payment_intents AS earlier
    WHERE earlier.account_id = payment_intents.account_id
    AND earlier.amount_minor = payment_intents.amount_minor
    AND earlier.currency = payment_intents.currency
    AND earlier.method_id = payment_intents.method_id
    AND (earlier.created_at, earlier.id) <= (payment_intents.created_at, payment_intents.id)
)
"""


def upgrade() -> None:
    op.add_column("accounts", sa.Column("minimum_due_minor", sa.BigInteger(), nullable=True))
    op.add_column(_TABLE, sa.Column("sequence", sa.Integer(), nullable=True))
    op.execute(_COUNTED)
    op.drop_index("uq_payment_intents_open_account", table_name=_TABLE)
    with op.batch_alter_table(_TABLE, copy_from=_table(_STATES_BEFORE)) as table:
        table.alter_column("sequence", existing_type=sa.Integer(), nullable=False)
        table.drop_constraint(op.f("ck_payment_intents_state"), type_="check")
        table.create_check_constraint(op.f("ck_payment_intents_state"), sa.column("state").in_(_STATES))
        table.create_unique_constraint("uq_payment_intents_sequence", _SEQUENCE)
    _one_open_per_account(_OPEN)


def downgrade() -> None:
    op.drop_index("uq_payment_intents_open_account", table_name=_TABLE)
    op.execute("UPDATE payment_intents SET state = 'unknown' WHERE state = 'requires_action'")
    counted = sa.UniqueConstraint(*_SEQUENCE, name="uq_payment_intents_sequence")
    with op.batch_alter_table(_TABLE, copy_from=_table(_STATES, counted)) as table:
        table.drop_constraint("uq_payment_intents_sequence", type_="unique")
        table.drop_constraint(op.f("ck_payment_intents_state"), type_="check")
        table.create_check_constraint(
            op.f("ck_payment_intents_state"), sa.column("state").in_(_STATES_BEFORE)
        )
        table.drop_column("sequence")
    _one_open_per_account(_OPEN_BEFORE)
    op.drop_column("accounts", "minimum_due_minor")


def _table(states: Sequence[str], *constraints: sa.Constraint) -> sa.Table:
    """Return the table for SQLite, which copies it to change it and forgets checks that it is not told of."""
    return sa.Table(
        _TABLE,
        sa.MetaData(),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("method_id", sa.Text(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("provider_id", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_intents")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_payment_intents_account_id")),
        sa.ForeignKeyConstraint(
            ["method_id"], ["payment_methods.id"], name=op.f("fk_payment_intents_method_id")
        ),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_payment_intents_amount_is_positive")),
        sa.CheckConstraint(sa.column("state").in_(states), name=op.f("ck_payment_intents_state")),
        sa.Index(op.f("ix_payment_intents_account_id"), "account_id"),
        *constraints,
    )


def _one_open_per_account(condition: str) -> None:
    op.create_index(
        "uq_payment_intents_open_account",
        _TABLE,
        ["account_id"],
        unique=True,
        sqlite_where=sa.text(condition),
        postgresql_where=sa.text(condition),
    )
