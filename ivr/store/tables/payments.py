"""Money that moves: intents, payments booked on accounts."""

from __future__ import annotations

import sqlalchemy as sa

from ivr.payments.intent import IntentState
from ivr.store.column_types import UtcDateTime, text_enum
from ivr.store.tables.metadata import metadata

HOSTED_INTENT = sa.text("method_id IS NULL")
OPEN_INTENT = sa.text("state IN ('pending', 'requires_action', 'unknown')")

payment_intents = sa.Table(
    "payment_intents",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("account_id", sa.Text, sa.ForeignKey("accounts.id"), nullable=False, index=True),
    sa.Column("amount_minor", sa.BigInteger, nullable=False),
    sa.Column("currency", sa.Text, nullable=False),
    # NULL: a card that is typed in on the provider's page.
    sa.Column("method_id", sa.Text, sa.ForeignKey("payment_methods.id")),
    # Counts the intents of the account with this amount and method.
    sa.Column("sequence", sa.Integer, nullable=False),
    sa.Column("state", text_enum(IntentState, "state"), nullable=False),
    # Stored before the provider is told to charge: while it is NULL, nobody has told it to.
    sa.Column("provider_id", sa.Text),
    sa.Column("reason", sa.Text),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("resolved_at", UtcDateTime),
    # What it belongs to, for the receipt.
    sa.Column("alert_id", sa.Text),
    sa.Column("authorisation_id", sa.Text),
    sa.CheckConstraint("amount_minor > 0", name="amount_is_positive"),
    sa.UniqueConstraint(
        *("account_id", "amount_minor", "currency", "method_id", "sequence"),
        name="uq_payment_intents_sequence",
    ),
    sa.Index(
        "uq_payment_intents_hosted_sequence",
        *("account_id", "amount_minor", "currency", "sequence"),
        unique=True,
        sqlite_where=HOSTED_INTENT,
        postgresql_where=HOSTED_INTENT,
    ),
    # Nothing new is charged while it is open what became of the last.
    sa.Index(
        "uq_payment_intents_open_account",
        "account_id",
        unique=True,
        sqlite_where=OPEN_INTENT,
        postgresql_where=OPEN_INTENT,
    ),
)

applied_payments = sa.Table(
    "applied_payments",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("account_id", sa.Text, sa.ForeignKey("accounts.id"), nullable=False, index=True),
    sa.Column("amount_minor", sa.BigInteger, nullable=False),
    sa.Column("currency", sa.Text, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
)
