"""What agents said calls came to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import sqlalchemy as sa

from ivr.engine.ports import ToldDisposition
from ivr.store.insert import insert_if_absent
from ivr.store.outcome_payload import disposition_payload
from ivr.store.outcomes import tell
from ivr.store.rows import AnyRow
from ivr.store.tables.agent_dispositions import agent_dispositions

_BY_ID = sa.select(agent_dispositions).where(agent_dispositions.c.id == sa.bindparam("told"))
_OF_CALL = (
    sa.select(agent_dispositions)
    .where(agent_dispositions.c.call_id == sa.bindparam("call"))
    .order_by(agent_dispositions.c.at, agent_dispositions.c.id)
)


class SqlAgentDispositions:
    """Agents' dispositions of one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, told: ToldDisposition, targets: Sequence[str]) -> bool:
        row = asdict(told)
        if not insert_if_absent(self._connection, agent_dispositions, row, unless=["id"]):
            return False
        if told.customer_id is not None:
            tell(self._connection, told.id, disposition_payload(told), targets, told.at)
        return True

    def get(self, told_id: str) -> ToldDisposition | None:
        row = self._connection.execute(_BY_ID, {"told": told_id}).first()
        return None if row is None else told_of(row)

    def of_call(self, call_id: str) -> Sequence[ToldDisposition]:
        return [told_of(row) for row in self._connection.execute(_OF_CALL, {"call": call_id})]


def told_of(row: AnyRow) -> ToldDisposition:
    """Return what a row of `agent_dispositions` says."""
    return ToldDisposition(
        id=row.id,
        client=row.client,
        key=row.key,
        call_id=row.call_id,
        agent=row.agent,
        disposition=row.disposition,
        details=row.details,
        note=row.note,
        medium=row.medium,
        customer_id=row.customer_id,
        account_id=row.account_id,
        alert_id=row.alert_id,
        at=row.at,
        content_version=row.content_version,
    )
