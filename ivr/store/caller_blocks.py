"""Numbers that may not call us."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from ivr.calls.caller_block import CallerBlock
from ivr.store.insert import upsert
from ivr.store.rows import AnyRow
from ivr.store.tables.caller_blocks import caller_blocks, failed_references


class SqlCallerBlocks:
    """The blocks of one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def place(self, block: CallerBlock) -> None:
        row = {
            "number": block.number,
            "since": block.since,
            "until": block.until,
            "reason": block.reason,
            "blocked_by": block.by,
            "calls": block.calls,
            "last_call_at": block.last_call_at,
        }
        upsert(self._connection, caller_blocks, row, key=["number"])

    def of(self, number: str, now: datetime) -> CallerBlock | None:
        mine = _lasting(now).where(caller_blocks.c.number == number)
        row = self._connection.execute(mine).first()
        return None if row is None else _block_of(row)

    def standing(self, now: datetime) -> Sequence[CallerBlock]:
        rows = self._connection.execute(_lasting(now).order_by(caller_blocks.c.since, caller_blocks.c.number))
        return [_block_of(row) for row in rows]

    def called(self, number: str, at: datetime) -> None:
        of_number = sa.update(caller_blocks).where(caller_blocks.c.number == number)
        self._connection.execute(of_number.values(calls=caller_blocks.c.calls + 1, last_call_at=at))

    def lift(self, number: str) -> bool:
        of_number = sa.delete(failed_references).where(failed_references.c.number == number)
        self._connection.execute(of_number)
        block = sa.delete(caller_blocks).where(caller_blocks.c.number == number)
        return self._connection.execute(block).rowcount == 1

    def reference_failed(self, number: str, at: datetime) -> None:
        self._connection.execute(sa.insert(failed_references), {"number": number, "at": at})

    def failures_since(self, number: str, since: datetime) -> int:
        failed = failed_references.c
        count = sa.select(sa.func.count()).where(failed.number == number, failed.at >= since)
        return int(self._connection.execute(count).scalar_one())


def _lasting(now: datetime) -> sa.Select[tuple[object, ...]]:
    lasts = sa.or_(caller_blocks.c.until.is_(None), caller_blocks.c.until > now)
    return sa.select(caller_blocks).where(lasts)


def _block_of(row: AnyRow) -> CallerBlock:
    return CallerBlock(
        row.number, row.since, row.until, row.reason, row.blocked_by, row.calls, row.last_call_at
    )
