"""How fast a customer wants to be spoken to, and how often they asked for it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("customers", sa.Column("preferred_tempo", sa.Text(), nullable=True))
    asked = sa.Column("asked_slower", sa.Integer(), server_default="0", nullable=False)
    op.add_column("customers", asked)


def downgrade() -> None:
    op.drop_column("customers", "asked_slower")
    op.drop_column("customers", "preferred_tempo")
