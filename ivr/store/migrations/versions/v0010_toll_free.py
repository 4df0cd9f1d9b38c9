"""References of alerts; which alerts a call that came in was about, and outcomes of such a call."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_NOT_NULL = "attempt_id TEXT NOT NULL"


def upgrade() -> None:
    op.add_column("alerts", sa.Column("reference", sa.Text(), nullable=True))
    _give_references()
    op.create_index(op.f("uq_alerts_reference"), "alerts", ["reference"], unique=True)
    op.add_column("calls", sa.Column("rule", sa.Text(), nullable=True))
    op.create_index(op.f("ix_calls_number_started_at"), "calls", ["number", "started_at"], unique=False)
    op.create_table(
        "call_alerts",
        sa.Column("call_id", sa.Text(), nullable=False),
        sa.Column("alert_id", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.CheckConstraint("role IN ('primary', 'further')", name=op.f("ck_call_alerts_role")),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("fk_call_alerts_call_id")),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name=op.f("fk_call_alerts_alert_id")),
        sa.PrimaryKeyConstraint("call_id", "alert_id", name=op.f("pk_call_alerts")),
    )
    op.create_index(op.f("ix_call_alerts_alert_id"), "call_alerts", ["alert_id"], unique=False)
    _let_outcomes_be_without_attempt()
    op.add_column("outcomes", sa.Column("call_id", sa.Text(), nullable=True))
    op.add_column("customer_history", sa.Column("call_id", sa.Text(), nullable=True))


def downgrade() -> None:
    # What came of calls that came in can't be kept in the older tables; `attempt_id` stays nullable.
    op.drop_column("customer_history", "call_id")
    op.drop_column("outcomes", "call_id")
    op.drop_table("call_alerts")
    op.drop_index(op.f("ix_calls_number_started_at"), "calls")
    op.drop_column("calls", "rule")
    op.drop_index(op.f("uq_alerts_reference"), "alerts")
    op.drop_column("alerts", "reference")


def _give_references() -> None:
    """Give every alert that is there one, as ivr.alerts.reference makes it now."""
    connection = op.get_bind()
    alerts = sa.table("alerts", sa.column("id"), sa.column("reference"))
    given: set[str] = set()
    for alert_id in connection.execute(sa.select(alerts.c.id)).scalars().all():
        reference = _reference()
        while reference in given:
            reference = _reference()
        given.add(reference)
        connection.execute(sa.update(alerts).where(alerts.c.id == alert_id).values(reference=reference))


def _reference() -> str:
    digits, product = f"{secrets.randbelow(10**8):08d}", 10
    for digit in digits:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return f"{digits}{(11 - product) % 10}"


def _let_outcomes_be_without_attempt() -> None:
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        op.alter_column("outcomes", "attempt_id", nullable=True)
        return
    # Other tables point at this one, so that SQLite can't make it anew within a transaction. Its documents
    # have this way for constraints that change nothing on disk (lang_altertable.html, section 7).
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    changed = connection.execute(
        sa.text(
            "UPDATE sqlite_master SET sql = replace(sql, :before, 'attempt_id TEXT') "
            "WHERE type = 'table' AND name = 'outcomes' AND instr(sql, :before) > 0"
        ),
        {"before": _NOT_NULL},
    ).rowcount
    if changed != 1:
        raise RuntimeError("the table of outcomes is not as the earlier migrations made it")
    connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema = OFF")
