"""Outcomes and the outbox."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from ivr.engine.ports import OutboxEntry, Outcome
from ivr.errors import StoreError
from ivr.store.outcome_payload import outcome_payload, responses_as_json
from ivr.store.tables.outcomes import outbox, outcomes


class SqlOutcomes:
    """Outcomes of one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, outcome: Outcome, targets: Sequence[str]) -> None:
        row = {
            "id": outcome.id,
            "alert_id": outcome.alert_id,
            "attempt_id": outcome.attempt_id,
            "customer_id": outcome.customer_id,
            "account_id": outcome.account_id,
            "medium": outcome.medium,
            "disposition": outcome.disposition,
            "responses": responses_as_json(outcome),
            "call_result": outcome.call_result,
            "at": outcome.at,
            "content_version": outcome.content_version,
        }
        self._connection.execute(sa.insert(outcomes), row)
        payload = outcome_payload(outcome)
        entry = {"key": outcome.id, "payload": payload, "tries": 0, "next_at": outcome.at}
        if targets:
            self._connection.execute(sa.insert(outbox), [entry | {"target": target} for target in targets])

    def due_entries(self, now: datetime, limit: int) -> Sequence[OutboxEntry]:
        due = (outbox.c.acknowledged_at.is_(None), outbox.c.next_at <= now)
        query = sa.select(outbox).where(*due).order_by(outbox.c.next_at, outbox.c.id).limit(limit)
        rows = self._connection.execute(query)
        return [OutboxEntry(row.id, row.target, row.key, row.payload, row.tries) for row in rows]

    def acknowledged(self, entry_id: int, at: datetime) -> None:
        self._change(entry_id, acknowledged_at=sa.func.coalesce(outbox.c.acknowledged_at, at))

    def push_failed(self, entry_id: int, error: str, next_at: datetime) -> None:
        self._change(entry_id, tries=outbox.c.tries + 1, last_error=error, next_at=next_at)

    def _change(self, entry_id: int, **values: object) -> None:
        change = sa.update(outbox).where(outbox.c.id == entry_id).values(values)
        if self._connection.execute(change).rowcount == 0:
            raise StoreError(f"there is no outbox entry {entry_id}")
