"""Holds on accounts and customers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa

from ivr.accounts.hold import Hold
from ivr.store.insert import insert_if_absent
from ivr.store.rows import hold_of
from ivr.store.tables.holds import holds

_OF = (
    sa.select(holds)
    .where(holds.c.customer_id.in_(sa.bindparam("customer_ids", expanding=True)), holds.c.ended_at.is_(None))
    .order_by(holds.c.since, holds.c.id)
)


class SqlHolds:
    """Holds of one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def place(self, hold: Hold) -> bool:
        row = {
            "id": hold.id,
            "kind": hold.kind,
            "customer_id": hold.customer_id,
            "account_id": hold.account_id,
            "topic": hold.topic,
            "since": hold.since,
            "until": hold.until,
            "source": hold.source,
            "alert_id": hold.alert_id,
            "outcome_id": hold.outcome_id,
        }
        return insert_if_absent(self._connection, holds, row, unless=["id"])

    def of(self, customer_ids: Collection[str]) -> Sequence[Hold]:
        rows = self._connection.execute(_OF, {"customer_ids": list(customer_ids)})
        return [hold_of(row) for row in rows]

    def lift(self, hold_id: str, by: str, at: datetime) -> bool:
        lasting = sa.or_(holds.c.until.is_(None), holds.c.until > at)
        change = sa.update(holds).where(holds.c.id == hold_id, holds.c.ended_at.is_(None), lasting)
        return self._connection.execute(change.values(until=at, lifted_by=by)).rowcount == 1

    def over(self, now: datetime, limit: int) -> Sequence[Hold]:
        query = sa.select(holds).where(holds.c.ended_at.is_(None), holds.c.until <= now)
        rows = self._connection.execute(query.order_by(holds.c.until, holds.c.id).limit(limit))
        return [hold_of(row) for row in rows]

    def ended(self, hold_id: str, at: datetime) -> None:
        self._connection.execute(sa.update(holds).where(holds.c.id == hold_id).values(ended_at=at))
