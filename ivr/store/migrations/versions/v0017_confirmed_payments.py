"""What a payment belongs to: the alert that it answers, or the authorisation that it is made by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0026"
branch_labels = None
depends_on = None

_ADDED = ("alert_id", "authorisation_id")


def upgrade() -> None:
    for name in _ADDED:
        op.add_column("payment_intents", sa.Column(name, sa.Text(), nullable=True))


def downgrade() -> None:
    for name in _ADDED:
        op.drop_column("payment_intents", name)
