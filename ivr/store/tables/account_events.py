"""What happened to accounts, for rules to look at."""

from __future__ import annotations

import sqlalchemy as sa

from ivr.accounts.account_event import AccountEventKind
from ivr.store.column_types import JSON_OBJECT, UtcDateTime, text_enum
from ivr.store.tables.metadata import metadata

account_events = sa.Table(
    "account_events",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("kind", text_enum(AccountEventKind, "kind"), nullable=False),
    sa.Column("account_id", sa.Text, sa.ForeignKey("accounts.id"), nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    # The day of `at` on the installation's calendar.
    sa.Column("on_day", sa.Date, nullable=False),
    sa.Column("payload", JSON_OBJECT, nullable=False),
    sa.Index("ix_account_events_account_id_kind", "account_id", "kind"),
)
