"""How often a verdict on who answered came to what, by trunk."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

VERDICTS = ("human", "machine", "screener", "auto_attendant", "network_announcement", "fax", "unknown")
AFTERMATHS = ("verified", "pressed", "hung_up", "no_key")


def upgrade() -> None:
    op.create_table(
        "answer_scores",
        sa.Column("trunk", sa.Text(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(*VERDICTS, name="verdict", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "aftermath",
            sa.Enum(*AFTERMATHS, name="aftermath", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("trunk", "verdict", "aftermath", name=op.f("pk_answer_scores")),
    )


def downgrade() -> None:
    op.drop_table("answer_scores")
