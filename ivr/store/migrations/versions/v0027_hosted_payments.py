"""Payments on the provider's page: intents without a saved method, counted like the others."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0024"
branch_labels = None
depends_on = None

_TABLE = "payment_intents"
_STATES = ("pending", "requires_action", "succeeded", "declined", "unknown")
_OPEN = "state IN ('pending', 'requires_action', 'unknown')"
_HOSTED = "method_id IS NULL"
_SEQUENCE = ["account_id", "amount_minor", "currency", "method_id", "sequence"]


def upgrade() -> None:
    _let_method_be(nullable=True)
    _one_each("uq_payment_intents_hosted_sequence", [n for n in _SEQUENCE if n != "method_id"], _HOSTED)
    op.create_index(op.f("ix_link_payments_intent_id"), "link_payments", ["intent_id"], unique=False)


def downgrade() -> None:
    _refuse_while_one_is_open()
    op.drop_index(op.f("ix_link_payments_intent_id"), table_name="link_payments")
    op.drop_index("uq_payment_intents_hosted_sequence", table_name=_TABLE)
    # None of them is open: what was paid is booked on the accounts. There is no place for how it was.
    op.execute("DELETE FROM payment_intents WHERE method_id IS NULL")
    _let_method_be(nullable=False)


def _refuse_while_one_is_open() -> None:
    """One may be paid at the provider that nobody has looked up yet."""
    query = sa.text(f"SELECT count(*) FROM {_TABLE} WHERE {_HOSTED} AND {_OPEN}")  # noqa: S608 (our own words)
    if count := op.get_bind().execute(query).scalar_one():
        raise RuntimeError(
            f"{count} payments on the provider's page are open; let the engine run until they are over, which"
            " takes an hour at most, and go back then"
        )


def _let_method_be(*, nullable: bool) -> None:
    op.drop_index("uq_payment_intents_open_account", table_name=_TABLE)
    with op.batch_alter_table(_TABLE, copy_from=_table(was_nullable=not nullable)) as table:
        table.alter_column("method_id", existing_type=sa.Text(), nullable=nullable)
    _one_each("uq_payment_intents_open_account", ["account_id"], _OPEN)


def _table(*, was_nullable: bool) -> sa.Table:
    """Return the table for SQLite, which copies it to change it and forgets checks that it is not told of."""
    return sa.Table(
        _TABLE,
        sa.MetaData(),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("method_id", sa.Text(), nullable=was_nullable),
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
        sa.CheckConstraint(sa.column("state").in_(_STATES), name=op.f("ck_payment_intents_state")),
        sa.UniqueConstraint(*_SEQUENCE, name="uq_payment_intents_sequence"),
        sa.Index(op.f("ix_payment_intents_account_id"), "account_id"),
    )


def _one_each(name: str, columns: Sequence[str], condition: str) -> None:
    op.create_index(
        name,
        _TABLE,
        list(columns),
        unique=True,
        sqlite_where=sa.text(condition),
        postgresql_where=sa.text(condition),
    )
