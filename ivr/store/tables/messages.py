"""Messages in writing, and the links in them."""

from __future__ import annotations

import sqlalchemy as sa

from ivr.accounts.contact_point import Medium
from ivr.messages.link import LinkPurpose
from ivr.messages.message import MessageState
from ivr.store.column_types import UtcDateTime, text_enum
from ivr.store.tables.metadata import metadata

messages = sa.Table(
    "messages",
    metadata,
    # Also what the provider knows it by.
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("customer_id", sa.Text, sa.ForeignKey("customers.id"), index=True),
    sa.Column("account_id", sa.Text, sa.ForeignKey("accounts.id")),
    sa.Column("alert_id", sa.Text, sa.ForeignKey("alerts.id"), index=True),
    sa.Column("attempt_id", sa.Text, sa.ForeignKey("attempts.id")),
    sa.Column("medium", text_enum(Medium, "medium"), nullable=False),
    # None: it goes to somebody who is no customer.
    sa.Column("contact_point_id", sa.Text, sa.ForeignKey("contact_points.id")),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("topic", sa.Text),
    sa.Column("template", sa.Text, nullable=False),
    sa.Column("content_version", sa.Integer),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    # With a mark in the place of the link's address.
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("is_asked_for", sa.Boolean, nullable=False),
    sa.Column("link_id", sa.Text),
    sa.Column("state", text_enum(MessageState, "state"), nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("expires_at", UtcDateTime, nullable=False),
    # When it is looked at next; None: never.
    sa.Column("next_at", UtcDateTime),
    sa.Column("tries", sa.Integer, nullable=False),
    # When it was last about to be handed over, and under which engine's epoch.
    sa.Column("sending_at", UtcDateTime),
    sa.Column("epoch", sa.BigInteger),
    sa.Column("ended_at", UtcDateTime),
    sa.Column("provider_id", sa.Text),
    sa.Column("reason", sa.Text),
    sa.CheckConstraint("state NOT IN ('queued', 'sending') OR next_at IS NOT NULL", name="open_is_looked_at"),
    sa.Index("ix_messages_state_next_at", "state", "next_at"),
    sa.Index("ix_messages_address_created_at", "address", "created_at"),
)

links = sa.Table(
    "links",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("purpose", text_enum(LinkPurpose, "purpose"), nullable=False),
    sa.Column("customer_id", sa.Text, sa.ForeignKey("customers.id")),
    sa.Column("account_id", sa.Text, sa.ForeignKey("accounts.id")),
    sa.Column("alert_id", sa.Text, sa.ForeignKey("alerts.id")),
    sa.Column("message_id", sa.Text, sa.ForeignKey("messages.id"), nullable=False),
    sa.Column("page", sa.Text),
    # NULL until its message is handed over: the token is in no row.
    sa.Column("token_hash", sa.Text, unique=True),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("expires_at", UtcDateTime, nullable=False),
    sa.Column("opened_at", UtcDateTime),
)
