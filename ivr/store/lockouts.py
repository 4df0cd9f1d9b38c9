"""Doors that are locked after too many wrong secrets, of one transaction."""

from __future__ import annotations

import sqlalchemy as sa

from ivr.engine.lockout import Lockout
from ivr.store.insert import upsert
from ivr.store.tables.lockouts import lockouts


class SqlLockouts:
    """How each door stands."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def get(self, door: str) -> Lockout:
        # Locked until the transaction ends, so that no wrong secret goes uncounted beside another.
        query = sa.select(lockouts).where(lockouts.c.door == door).with_for_update()
        row = self._connection.execute(query).first()
        return Lockout(row.failures, row.locked_until) if row else Lockout()

    def put(self, door: str, lockout: Lockout) -> None:
        row = {"door": door, "failures": lockout.failures, "locked_until": lockout.locked_until}
        upsert(self._connection, lockouts, row, key=["door"])
