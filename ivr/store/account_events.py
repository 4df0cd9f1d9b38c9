"""What happened to accounts."""

from __future__ import annotations

import sqlalchemy as sa

from ivr.accounts.account_event import AccountEvent
from ivr.store.insert import insert_if_absent
from ivr.store.tables.account_events import account_events


class SqlAccountEvents:
    """Account events of one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, event: AccountEvent) -> bool:
        row = {
            "key": event.key,
            "kind": event.kind,
            "account_id": event.account_id,
            "at": event.at,
            "on_day": event.on,
            "payload": dict(event.payload),
        }
        return insert_if_absent(self._connection, account_events, row, unless=["key"])
