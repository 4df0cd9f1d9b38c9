"""Our own customer store as a target of the outbox: what was said and done, per customer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from ivr.store.insert import insert_if_absent
from ivr.store.sql_store import SqlStore
from ivr.store.tables.customers import customer_history
from ivr.store.transaction import SqlTransaction


class CustomerHistory:
    """The default OutcomeTarget: a row of `customer_history` per outcome."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store

    async def push(self, key: str, payload: Mapping[str, object]) -> None:
        """Write one outcome (see `outcome_payload`); the same key again changes nothing.

        Raises KeyError or ValueError for a payload that is none, StoreError when the database refuses it.
        """
        row = {
            "key": key,
            "customer_id": payload["customer_id"],
            "account_id": payload["account_id"],
            "at": datetime.fromisoformat(str(payload["at"])),
            "medium": payload["medium"],
            "disposition": payload["disposition"],
            "call_result": payload["call_result"],
            "responses": payload["responses"],
            "alert_id": payload["alert_id"],
            "attempt_id": payload["attempt_id"],
            "content_version": payload["content_version"],
            "agent": payload.get("agent"),
            "note": payload.get("note"),
            "forwarded_from": payload.get("forwarded_from"),
            "call_id": payload.get("call_id"),
            "message_id": payload.get("message_id"),
            "proof": payload.get("proof"),
        }

        def work(tx: SqlTransaction) -> None:
            insert_if_absent(tx.connection, customer_history, row, unless=["key"])

        await self._store.write(work)
