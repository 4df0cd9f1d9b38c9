"""Messages in writing, and their links."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from ivr.messages.link import Link
from ivr.messages.message import Message, MessageState


class Messages(Protocol):
    """Messages. Whatever is about to be handed over is fenced by `epoch`, as attempts are."""

    def add(self, message: Message, link: Link | None) -> bool:
        """Queue one with its link; False (and nothing changed) when its id is there already."""
        ...

    def get(self, message_id: str) -> Message | None: ...
    def of_alert(self, alert_id: str) -> Sequence[Message]:
        """Return an alert's messages, oldest first."""
        ...

    def due(self, state: MessageState, now: datetime, limit: int) -> Sequence[Message]:
        """Return messages in this state that are to be looked at by now, the longest due first."""
        ...

    def sending(self, message_id: str, epoch: int, now: datetime, token_hash: str | None) -> bool:
        """Queued to sending, its link known by that token alone; False when it is queued no more.

        FencedError when no lease is held under `epoch`.
        """
        ...

    def put_off(self, message_id: str, until: datetime, reason: str) -> None:
        """Back to queued (or left there), to be looked at again then."""
        ...

    def ask_again(self, message_id: str, at: datetime) -> None:
        """Leave the state as it is, and look at it again then."""
        ...

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
        """Keep what became of it; a sent one may be looked at again at `next_at`."""
        ...

    def count_to(self, address: str, since: datetime) -> int:
        """Count what was queued for an address since then and has not failed."""
        ...

    def link(self, token_hash: str) -> Link | None:
        """Return the link whose token has this hash."""
        ...

    def opened(self, link_id: str, at: datetime) -> None:
        """Keep when a link was opened first."""
        ...
