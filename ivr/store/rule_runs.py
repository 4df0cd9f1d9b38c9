"""Ticks of the clock that were worked, and who may work them."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from ivr.store.claims import require_lease
from ivr.store.insert import insert_if_absent
from ivr.store.tables.coordination import lease_terms, leases, rule_runs


class SqlRuleRuns:
    """Rule runs and leases of one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def begin(self, rule: str, scheduled_for: datetime, at: datetime) -> bool:
        row = {"rule": rule, "scheduled_for": scheduled_for, "began_at": at}
        return insert_if_absent(self._connection, rule_runs, row, unless=["rule", "scheduled_for"])

    def take_lease(
        self, name: str, owner: str, now: datetime, until: datetime, gone: str | None = None
    ) -> int | None:
        return self._renew(name, owner, until) or self._succeed(name, owner, now, until, gone)

    def require_lease(self, epoch: int) -> None:
        require_lease(self._connection, epoch)

    def _renew(self, name: str, owner: str, until: datetime) -> int | None:
        mine = sa.update(leases).where(leases.c.name == name, leases.c.owner == owner)
        return self._connection.execute(mine.values(until=until).returning(leases.c.epoch)).scalar()

    def _succeed(self, name: str, owner: str, now: datetime, until: datetime, gone: str | None) -> int | None:
        """Begin a term of a new owner once the last one's has run out, or the last one is `gone`."""
        this = leases.c.name == name
        insert_if_absent(self._connection, leases, {"name": name, "until": now}, unless=["name"])
        # The lock comes before the term, so that the terms of one lease are numbered in their order.
        lease = self._connection.execute(sa.select(leases).where(this).with_for_update()).one()
        if lease.until > now and (gone is None or lease.owner != gone):
            return None
        epoch = self._begin_term(name, owner, now)
        change = sa.update(leases).where(this)
        self._connection.execute(change.values(owner=owner, epoch=epoch, until=until))
        return epoch

    def _begin_term(self, name: str, owner: str, now: datetime) -> int:
        term = sa.insert(lease_terms).values(name=name, owner=owner, began_at=now)
        epoch: int = self._connection.execute(term.returning(lease_terms.c.epoch)).scalar_one()
        return epoch
