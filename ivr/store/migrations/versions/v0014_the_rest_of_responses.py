"""Until when a customer has put an alert off; what customers prefer; what they say in surveys."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_PREFERRED = ("preferred_language", "preferred_medium", "preferred_hours")


def upgrade() -> None:
    op.add_column("alerts", sa.Column("deferred_until", sa.DateTime(timezone=True), nullable=True))
    for name in _PREFERRED:
        op.add_column("customers", sa.Column(name, sa.Text(), nullable=True))

    op.create_table(
        "survey_answers",
        sa.Column("call_id", sa.Text(), nullable=False),
        sa.Column("survey", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("recording", sa.Text(), nullable=True),
        sa.Column("customer_id", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(score IS NULL) != (recording IS NULL)", name=op.f("ck_survey_answers_is_one_thing")
        ),
        sa.PrimaryKeyConstraint("call_id", "survey", "question", name=op.f("pk_survey_answers")),
    )
    op.create_index(op.f("ix_survey_answers_customer_id"), "survey_answers", ["customer_id"], unique=False)
    _let_events_be("kind IN ('promise_broken', 'low_score')")


def downgrade() -> None:
    op.execute("DELETE FROM account_events WHERE kind = 'low_score'")
    _let_events_be("kind IN ('promise_broken')")
    op.drop_table("survey_answers")
    for name in _PREFERRED:
        op.drop_column("customers", name)
    op.drop_column("alerts", "deferred_until")


def _let_events_be(kinds: str) -> None:
    with op.batch_alter_table("account_events") as table:
        table.drop_constraint(op.f("ck_account_events_kind"), type_="check")
        table.create_check_constraint(op.f("ck_account_events_kind"), kinds)
