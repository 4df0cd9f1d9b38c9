"""Customers, what they hold with us, how they may be reached, and their word not to be."""

from __future__ import annotations

import sqlalchemy as sa

from ivr.accounts.contact_point import Medium
from ivr.store.column_types import JSON_OBJECT, UtcDateTime, text_enum
from ivr.store.tables.metadata import metadata

customers = sa.Table(
    "customers",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("time_zone", sa.Text),
    sa.Column("region", sa.Text),
    sa.Column("segment", sa.Text),
    sa.Column("birth_date", sa.Date),
    sa.Column("postcode", sa.Text),
    # What the customer chose, which no import takes back: ISO 639-1, a medium, `09:00-12:00`, `slow`.
    sa.Column("preferred_language", sa.Text),
    sa.Column("preferred_medium", sa.Text),
    sa.Column("preferred_hours", sa.Text),
    sa.Column("preferred_tempo", sa.Text),
    # How often they asked for it since they last chose.
    sa.Column("asked_slower", sa.Integer, nullable=False, server_default="0"),
)

accounts = sa.Table(
    "accounts",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("customer_id", sa.Text, sa.ForeignKey("customers.id"), nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("balance_minor", sa.BigInteger, nullable=False),
    sa.Column("amount_due_minor", sa.BigInteger, nullable=False),
    # The least of it that keeps the account in order, where there is such a thing; 0 where it was met.
    sa.Column("minimum_due_minor", sa.BigInteger),
    sa.Column("currency", sa.Text, nullable=False),
    sa.Column("due_on", sa.Date, index=True),
    # The last digits of its number, never the whole.
    sa.Column("ending", sa.Text),
)

contact_points = sa.Table(
    "contact_points",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("customer_id", sa.Text, sa.ForeignKey("customers.id"), nullable=False, index=True),
    sa.Column("medium", text_enum(Medium, "medium"), nullable=False),
    sa.Column("address", sa.Text, nullable=False, index=True),
    sa.Column("rank", sa.Integer, nullable=False),
    # False once an import no longer brings it; the row stays, because attempts point at it.
    sa.Column("listed", sa.Boolean, nullable=False),
    # False once somebody said that it is not this customer's.
    sa.Column("usable", sa.Boolean, nullable=False),
    sa.Column("unusable_since", UtcDateTime),
    # Somebody's to whom the customer passed an alert on: never listed.
    sa.Column("third_party", sa.Boolean, nullable=False, server_default=sa.false()),
)

payment_methods = sa.Table(
    "payment_methods",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("customer_id", sa.Text, sa.ForeignKey("customers.id"), nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("ending", sa.Text, nullable=False),
    sa.Column("token", sa.Text, nullable=False),
    sa.Column("listed", sa.Boolean, nullable=False),
)

preferences = sa.Table(
    "preferences",
    metadata,
    sa.Column("customer_id", sa.Text, sa.ForeignKey("customers.id"), primary_key=True),
    sa.Column("medium", text_enum(Medium, "medium"), primary_key=True),
    # 1 is liked best.
    sa.Column("rank", sa.Integer, nullable=False),
)

suppressions = sa.Table(
    "suppressions",
    metadata,
    # Who, where and what about in one text: a unique constraint takes NULLs for different.
    sa.Column("key", sa.Text, primary_key=True),
    # No foreign key: the word of somebody we do not know (any more) counts as well.
    sa.Column("customer_id", sa.Text, index=True),
    sa.Column("address", sa.Text, index=True),
    sa.Column("topic", sa.Text),
    sa.Column("since", UtcDateTime, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.CheckConstraint("customer_id IS NOT NULL OR address IS NOT NULL", name="names_somebody"),
)

customer_history = sa.Table(
    "customer_history",
    metadata,
    # The outcome's id: a push that is repeated changes nothing.
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("customer_id", sa.Text, nullable=False),
    # None: about all that they have with us.
    sa.Column("account_id", sa.Text),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("medium", sa.Text, nullable=False),
    sa.Column("disposition", sa.Text, nullable=False),
    sa.Column("call_result", sa.Text, nullable=False),
    sa.Column("responses", JSON_OBJECT, nullable=False),
    # What it answered, the evidence (an attempt is the id of its call, too), and what was heard.
    sa.Column("alert_id", sa.Text),
    sa.Column("attempt_id", sa.Text),
    sa.Column("content_version", sa.Text),
    # Who said so, and what they wrote beside it, where an agent did.
    sa.Column("agent", sa.Text),
    sa.Column("note", sa.Text),
    # What somebody else said to whom the customer passed this alert on; None: the customer said it.
    sa.Column("forwarded_from", sa.Text),
    # Of a call that came in, which has no attempt.
    sa.Column("call_id", sa.Text),
    # Of what was said on the page behind a link: the message that led there, and what was proved there.
    sa.Column("message_id", sa.Text),
    sa.Column("proof", sa.Text),
    sa.Index("ix_customer_history_customer_id_at", "customer_id", "at"),
)
