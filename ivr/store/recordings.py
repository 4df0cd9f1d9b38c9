"""Recordings: what is known of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from ivr.calls.recording import Recording
from ivr.store.insert import insert_if_absent
from ivr.store.rows import AnyRow
from ivr.store.tables.calls import calls
from ivr.store.tables.recordings import recordings

_FIELDS = (
    "id",
    "kind",
    "call_id",
    "rule",
    "begun_at",
    "keep_until",
    "ended_at",
    "seconds",
    "deleted_at",
    "deleted_by",
)
_OF_ENDED_CALLS = (
    sa.select(recordings, calls.c.ended_at.label("call_ended_at"))
    .join(calls, calls.c.id == recordings.c.call_id)
    .where(recordings.c.ended_at.is_(None), calls.c.ended_at.is_not(None))
    .order_by(calls.c.ended_at, recordings.c.id)
    .limit(sa.bindparam("most"))
)


class SqlRecordings:
    """Recordings of one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, recording: Recording) -> bool:
        row = {name: getattr(recording, name) for name in _FIELDS}
        return insert_if_absent(self._connection, recordings, row, unless=["id"])

    def get(self, recording_id: str) -> Recording | None:
        query = sa.select(recordings).where(recordings.c.id == recording_id)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else recording_of(row)

    def ended(self, recording_id: str, at: datetime, seconds: float | None) -> bool:
        change = sa.update(recordings).where(recordings.c.id == recording_id, recordings.c.ended_at.is_(None))
        return self._connection.execute(change.values(ended_at=at, seconds=seconds)).rowcount == 1

    def of_ended_calls(self, limit: int) -> Sequence[tuple[Recording, datetime]]:
        rows = self._connection.execute(_OF_ENDED_CALLS, {"most": limit})
        return [(recording_of(row), row.call_ended_at) for row in rows]

    def outdated(self, now: datetime, limit: int) -> Sequence[Recording]:
        query = sa.select(recordings).where(
            recordings.c.deleted_at.is_(None),
            recordings.c.keep_until <= now,
            recordings.c.ended_at.is_not(None),
        )
        rows = self._connection.execute(query.order_by(recordings.c.keep_until).limit(limit))
        return [recording_of(row) for row in rows]

    def keep_longer(self, recording_id: str, until: datetime) -> None:
        earlier = sa.and_(recordings.c.id == recording_id, recordings.c.keep_until < until)
        self._connection.execute(sa.update(recordings).where(earlier).values(keep_until=until))

    def deleted(self, recording_id: str, by: str, at: datetime) -> bool:
        there = sa.and_(
            recordings.c.id == recording_id,
            recordings.c.deleted_at.is_(None),
            recordings.c.ended_at.is_not(None),
        )
        change = sa.update(recordings).where(there).values(deleted_at=at, deleted_by=by)
        return self._connection.execute(change).rowcount == 1


def recording_of(row: AnyRow) -> Recording:
    """Return the recording of a row."""
    return Recording(**{name: getattr(row, name) for name in _FIELDS})
