"""What customers choose about the alerts of single rules, as far as those leave it to them."""

from __future__ import annotations

import sqlalchemy as sa

from ivr.store.column_types import UtcDateTime
from ivr.store.tables.metadata import metadata

alert_choices = sa.Table(
    "alert_choices",
    metadata,
    sa.Column("customer_id", sa.Text, sa.ForeignKey("customers.id"), primary_key=True),
    # Its name: a rule that is withdrawn and comes back finds what was chosen.
    sa.Column("rule", sa.Text, primary_key=True),
    # NULL leaves the matter to the rule.
    sa.Column("wanted", sa.Boolean),
    sa.Column("threshold_minor", sa.BigInteger),
    sa.Column("currency", sa.Text),
    # `09:00` on the customer's clock.
    sa.Column("at", sa.Text),
    # The evidence: when they said so last, in which call, and of what content they heard.
    sa.Column("chosen_at", UtcDateTime, nullable=False),
    sa.Column("call_id", sa.Text, nullable=False),
    sa.Column("content_version", sa.Integer),
    sa.CheckConstraint("(threshold_minor IS NULL) = (currency IS NULL)", name="amount_has_currency"),
)
