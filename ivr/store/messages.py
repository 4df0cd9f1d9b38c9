"""Messages in writing, and their links."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from ivr.errors import StoreError
from ivr.messages.link import Link
from ivr.messages.message import Message, MessageState
from ivr.store.claims import require_lease
from ivr.store.insert import insert_if_absent
from ivr.store.rows import link_of, message_of
from ivr.store.tables.messages import links, messages

_OPEN = (MessageState.QUEUED, MessageState.SENDING)


class SqlMessages:
    """Messages and links of one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, message: Message, link: Link | None) -> bool:
        row = {
            "id": message.id,
            "customer_id": message.customer_id,
            "account_id": message.account_id,
            "alert_id": message.alert_id,
            "attempt_id": message.attempt_id,
            "medium": message.medium,
            "contact_point_id": message.contact_point_id,
            "address": message.address,
            "topic": message.topic,
            "template": message.template,
            "content_version": message.content_version,
            "language": message.language,
            "subject": message.subject,
            "body": message.body,
            "is_asked_for": message.is_asked_for,
            "link_id": message.link_id,
            "state": message.state,
            "created_at": message.created_at,
            "expires_at": message.expires_at,
            "next_at": message.created_at,
            "tries": message.tries,
        }
        added = insert_if_absent(self._connection, messages, row, unless=["id"])
        if added and link is not None:
            self._add_link(link)
        return added

    def get(self, message_id: str) -> Message | None:
        row = self._connection.execute(sa.select(messages).where(messages.c.id == message_id)).first()
        return message_of(row) if row else None

    def of_alert(self, alert_id: str) -> Sequence[Message]:
        query = sa.select(messages).where(messages.c.alert_id == alert_id)
        rows = self._connection.execute(query.order_by(messages.c.created_at, messages.c.id))
        return [message_of(row) for row in rows]

    def due(self, state: MessageState, now: datetime, limit: int) -> Sequence[Message]:
        query = sa.select(messages).where(messages.c.state == state, messages.c.next_at <= now)
        rows = self._connection.execute(query.order_by(messages.c.next_at, messages.c.id).limit(limit))
        return [message_of(row) for row in rows]

    def sending(self, message_id: str, epoch: int, now: datetime, token_hash: str | None) -> bool:
        require_lease(self._connection, epoch)
        queued = (messages.c.id == message_id, messages.c.state == MessageState.QUEUED)
        change = sa.update(messages).where(*queued)
        values = {"state": MessageState.SENDING, "sending_at": now, "next_at": now, "epoch": epoch}
        begun = self._connection.execute(change.values(**values, tries=messages.c.tries + 1)).rowcount == 1
        if begun and token_hash is not None:
            # Nobody has a link with an earlier token: what may have been sent is never sent again.
            ours = sa.update(links).where(links.c.message_id == message_id)
            self._connection.execute(ours.values(token_hash=token_hash))
        return begun

    def put_off(self, message_id: str, until: datetime, reason: str) -> None:
        values = {"state": MessageState.QUEUED, "next_at": until, "reason": reason}
        self._change(message_id, _OPEN, values)

    def ask_again(self, message_id: str, at: datetime) -> None:
        self._change(message_id, (MessageState.SENDING, MessageState.SENT), {"next_at": at})

    def settled(
        self,
        message_id: str,
        state: MessageState,
        now: datetime,
        *,
        provider_id: str | None = None,
        reason: str | None = None,
        next_at: datetime | None = None,
    ) -> None:
        known = sa.func.coalesce(provider_id, messages.c.provider_id)
        values = {"state": state, "ended_at": now, "reason": reason, "next_at": next_at, "provider_id": known}
        self._change(message_id, (*_OPEN, MessageState.SENT), values)

    def count_to(self, address: str, since: datetime) -> int:
        recent = (messages.c.address == address, messages.c.created_at > since)
        query = sa.select(sa.func.count()).select_from(messages)
        alive = query.where(*recent, messages.c.state != MessageState.FAILED)
        return self._connection.execute(alive).scalar_one()

    def link(self, token_hash: str) -> Link | None:
        row = self._connection.execute(sa.select(links).where(links.c.token_hash == token_hash)).first()
        return link_of(row) if row else None

    def opened(self, link_id: str, at: datetime) -> None:
        first = sa.update(links).where(links.c.id == link_id, links.c.opened_at.is_(None))
        self._connection.execute(first.values(opened_at=at))

    def _add_link(self, link: Link) -> None:
        row = {
            "id": link.id,
            "purpose": link.purpose,
            "customer_id": link.customer_id,
            "account_id": link.account_id,
            "alert_id": link.alert_id,
            "message_id": link.message_id,
            "page": link.page,
            "created_at": link.created_at,
            "expires_at": link.expires_at,
        }
        self._connection.execute(sa.insert(links), row)

    def _change(self, message_id: str, states: Sequence[MessageState], values: dict[str, object]) -> None:
        change = sa.update(messages).where(messages.c.id == message_id, messages.c.state.in_(states))
        if self._connection.execute(change.values(values)).rowcount == 0:
            raise StoreError(f"there is no message {message_id} that could still change so")
