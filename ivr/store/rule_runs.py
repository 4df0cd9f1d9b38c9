"""Ticks of the clock that were worked, and who may work them."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from ivr.store.insert import insert_if_absent
from ivr.store.tables.coordination import lease_terms, leases, rule_runs


class SqlRuleRuns:
    """Rule runs and leases of one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def begin(self, rule: str, scheduled_for: datetime, at: datetime) -> bool:
        row = {"rule": rule, "scheduled_for": scheduled_for, "began_at": at}
        return insert_if_absent(self._connection, rule_runs, row, unless=["rule", "scheduled_for"])

    def take_lease(self, name: str, owner: str, now: datetime, until: datetime) -> int | None:
        insert_if_absent(self._connection, leases, {"name": name, "until": now}, unless=["name"])
        lease = self._connection.execute(
            sa.select(leases).where(leases.c.name == name).with_for_update()
        ).one()
        if lease.owner not in (None, owner) and lease.until > now:
            return None
        # The lock on the lease comes first, so the terms of one lease are numbered in their order.
        epoch: int = lease.epoch if lease.owner == owner else self._begin_term(name, owner, now)
        change = sa.update(leases).where(leases.c.name == name)
        self._connection.execute(change.values(owner=owner, epoch=epoch, until=until))
        return epoch

    def _begin_term(self, name: str, owner: str, now: datetime) -> int:
        term = sa.insert(lease_terms).values(name=name, owner=owner, began_at=now)
        epoch: int = self._connection.execute(term.returning(lease_terms.c.epoch)).scalar_one()
        return epoch
