"""Until when a customer has put an alert off; what customers prefer; what they say in surveys."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0007"
branch_labels = None
depends_on = None

_PREFERRED = ("preferred_language", "preferred_medium", "preferred_hours")


def upgrade() -> None:
    op.add_column("alerts", sa.Column("deferred_until", sa.DateTime(timezone=True), nullable=True))
    for name in _PREFERRED:
        op.add_column("customers", sa.Column(name, sa.Text(), nullable=True))


def downgrade() -> None:
    for name in _PREFERRED:
        op.drop_column("customers", name)
    op.drop_column("alerts", "deferred_until")
