"""Alerts that customers pass on, to whom, and what those said."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_OF_AN_ALERT = ("forwarded_from", "forwarded_to", "comment", "tells_of")


def upgrade() -> None:
    op.add_column(
        "contact_points",
        sa.Column("third_party", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    for name in _OF_AN_ALERT:
        op.add_column("alerts", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("customer_history", sa.Column("forwarded_from", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("customer_history", "forwarded_from")
    for name in reversed(_OF_AN_ALERT):
        op.drop_column("alerts", name)
    op.drop_column("contact_points", "third_party")
