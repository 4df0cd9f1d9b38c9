"""Outcomes and the outbox."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from ivr.engine.ports import OutboxEntry, Outcome
from ivr.errors import StoreError
from ivr.outcomes.disposition import Disposition
from ivr.outcomes.response import Response
from ivr.store.column_types import UtcDateTime
from ivr.store.outcome_payload import outcome_payload, responses_as_json
from ivr.store.tables.outcomes import outbox, outcomes

_ADD = sa.insert(outcomes)
_ADD_ENTRIES = sa.insert(outbox)
_DUE = (
    sa.select(outbox)
    .where(outbox.c.acknowledged_at.is_(None), outbox.c.next_at <= sa.bindparam("now"))
    .order_by(outbox.c.next_at, outbox.c.id)
    .limit(sa.bindparam("most"))
)
_ENTRY = sa.update(outbox).where(outbox.c.id == sa.bindparam("entry"))
_ACKNOWLEDGED = _ENTRY.values(
    acknowledged_at=sa.func.coalesce(outbox.c.acknowledged_at, sa.bindparam("at", type_=UtcDateTime))
)
_PUSH_FAILED = _ENTRY.values(tries=outbox.c.tries + 1)


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
            "call_id": outcome.call_id,
            "message_id": outcome.message_id,
            "proof": outcome.proof,
        }
        self._connection.execute(_ADD, row)
        tell(self._connection, outcome.id, outcome_payload(outcome), targets, outcome.at)

    def dispositions(self, alert_id: str) -> Sequence[Disposition]:
        query = sa.select(outcomes.c.disposition).where(outcomes.c.alert_id == alert_id)
        return list(self._connection.execute(query.order_by(outcomes.c.at, outcomes.c.id)).scalars())

    def said(self, outcome_id: str) -> Sequence[tuple[Response, Mapping[str, object]]] | None:
        query = sa.select(outcomes.c.responses).where(outcomes.c.id == outcome_id)
        row = self._connection.execute(query).first()
        return None if row is None else [(Response(meant), details) for meant, details in row.responses]

    def last_call_about(self, alert_id: str) -> str | None:
        call = sa.func.coalesce(outcomes.c.call_id, outcomes.c.attempt_id)
        mine = sa.select(call).where(outcomes.c.alert_id == alert_id, call.is_not(None))
        return self._connection.execute(mine.order_by(outcomes.c.at.desc()).limit(1)).scalar()

    def due_entries(self, now: datetime, limit: int) -> Sequence[OutboxEntry]:
        rows = self._connection.execute(_DUE, {"now": now, "most": limit})
        return [OutboxEntry(row.id, row.target, row.key, row.payload, row.tries) for row in rows]

    def acknowledged(self, entry_id: int, at: datetime) -> None:
        self._change(_ACKNOWLEDGED, {"entry": entry_id, "at": at})

    def push_failed(self, entry_id: int, error: str, next_at: datetime) -> None:
        self._change(_PUSH_FAILED, {"entry": entry_id, "last_error": error, "next_at": next_at})

    def _change(self, change: sa.Update, values: Mapping[str, object]) -> None:
        if self._connection.execute(change, values).rowcount == 0:
            raise StoreError(f"there is no outbox entry {values['entry']}")


def tell(
    connection: sa.Connection,
    key: str,
    payload: Mapping[str, object],
    targets: Sequence[str],
    at: datetime,
) -> None:
    """Add an outbox entry a target."""
    entry = {"key": key, "payload": payload, "tries": 0, "next_at": at}
    if targets:
        connection.execute(_ADD_ENTRIES, [entry | {"target": target} for target in targets])
