"""What agents said calls came to; an id by which those at the desk ask for a call."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0010"
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_WORDS = (
    "'resolved', 'paid', 'promise_to_pay', 'already_paid', 'callback', 'unresolved', 'wrong_number', "
    "'wrong_person', 'do_not_call', 'stop_contact', 'attorney', 'bankrupt', 'deceased', 'dispute'"
)


def upgrade() -> None:
    op.add_column("calls", sa.Column("story_id", sa.Text(), nullable=True))
    op.create_index("uq_calls_story_id", "calls", ["story_id"], unique=True)
    op.add_column("calls", sa.Column("taken_by", sa.Text(), nullable=True))
    op.create_index("ix_calls_taken_by_ended_at", "calls", ["taken_by", "ended_at"], unique=False)
    for name in ("agent", "note"):
        op.add_column("customer_history", sa.Column(name, sa.Text(), nullable=True))
    _let_be_null("customer_history", "account_id")
    _let_be_null("promises", "outcome_id")
    op.create_table(
        "agent_dispositions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("call_id", sa.Text(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("disposition", sa.String(length=32), nullable=False),
        sa.Column("details", _JSON, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("medium", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=True),
        sa.Column("account_id", sa.Text(), nullable=True),
        sa.Column("alert_id", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content_version", sa.Text(), nullable=False),
        sa.CheckConstraint(f"disposition IN ({_WORDS})", name=op.f("ck_agent_dispositions_disposition")),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("fk_agent_dispositions_call_id")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_agent_dispositions_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_agent_dispositions_account_id")
        ),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name=op.f("fk_agent_dispositions_alert_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agent_dispositions")),
        sa.UniqueConstraint("client", "key", name=op.f("uq_agent_dispositions_client_key")),
    )
    op.create_index(op.f("ix_agent_dispositions_call_id"), "agent_dispositions", ["call_id"], unique=False)


def downgrade() -> None:
    # What is null by now can't be kept in the older tables: those two columns stay as they are.
    op.drop_table("agent_dispositions")
    for name in ("agent", "note"):
        op.drop_column("customer_history", name)
    op.drop_index("ix_calls_taken_by_ended_at", "calls")
    op.drop_column("calls", "taken_by")
    op.drop_index("uq_calls_story_id", "calls")
    op.drop_column("calls", "story_id")


def _let_be_null(table: str, column: str) -> None:
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        op.alter_column(table, column, nullable=True)
        return
    # Other tables may point at this one, so that SQLite can't make it anew within a transaction. SQLite's own
    # documents have this way for a constraint that changes nothing on disk.
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    changed = connection.execute(
        sa.text(
            "UPDATE sqlite_master SET sql = replace(sql, :before, :after) "
            "WHERE type = 'table' AND name = :name AND instr(sql, :before) > 0"
        ),
        {"before": f"{column} TEXT NOT NULL", "after": f"{column} TEXT", "name": table},
    ).rowcount
    connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema = OFF")
    if changed != 1:
        raise RuntimeError(f"the table {table} is not as the earlier migrations made it")
