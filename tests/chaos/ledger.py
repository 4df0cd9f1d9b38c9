"""Reads the engine's database from outside, while the engine lives and when it is dead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa

from ivr.alerts.alert import AlertState
from ivr.attempts.attempt import TERMINAL, AttemptState
from ivr.clock import utc_now
from ivr.store.database import create_reading_engine, parse_database_url
from ivr.store.tables.alerts import alerts
from ivr.store.tables.attempts import attempts
from ivr.store.tables.calls import calls, checkpoints
from ivr.store.tables.coordination import leases
from ivr.store.tables.outcomes import outcomes
from ivr.store.tables.payments import payment_intents
from ivr.store.tables.recordings import recordings
from tests.chaos.evidence import AlertSeen, AttemptSeen

_PROGRESS: Mapping[str, sa.ColumnElement[Any]] = {
    "placing": sa.func.max(attempts.c.placing_at),
    "answered": sa.func.max(attempts.c.in_progress_at),
    "recorded": sa.func.count(outcomes.c.id),
    "paying": sa.func.count(payment_intents.c.id),
}
"""What changes in the database at each moment that a kill can be aimed at."""


class Ledger:
    """The database at `home`, read only."""

    def __init__(self, home: Path) -> None:
        self._engine = create_reading_engine(parse_database_url(f"sqlite:///{home / 'ivr.db'}"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._engine.dispose()

    def progress(self, of: str) -> object:
        """Return a value that changes whenever the engine has committed a step of this kind."""
        return self._rows(sa.select(_PROGRESS[of]))[0][0]

    def in_state(self, state: AttemptState) -> frozenset[str]:
        """Return the attempts in a state."""
        found = self._rows(sa.select(attempts.c.id).where(attempts.c.state == state))
        return frozenset(row.id for row in found)

    def unfinished(self) -> int:
        """Return how many alerts are open."""
        open_alerts = sa.select(sa.func.count()).where(alerts.c.state == AlertState.OPEN)
        return int(self._rows(open_alerts)[0][0])

    def counts(self) -> tuple[int, int]:
        """Return how many attempts there are, and how many of them are over."""
        rows = self._rows(sa.select(attempts.c.state, sa.func.count()).group_by(attempts.c.state))
        return sum(row[1] for row in rows), sum(row[1] for row in rows if row[0] in TERMINAL)

    def recording_of(self, number: str) -> str | None:
        """Return the name of the recording of the call to a number, once it is whole."""
        query = sa.select(recordings.c.id).join(calls, calls.c.id == recordings.c.call_id)
        whole = self._rows(query.where(calls.c.number == number, recordings.c.seconds.is_not(None)))
        return str(whole[0].id) if whole else None

    def next_due_at(self) -> datetime | None:
        """Return when the next ready attempt is due."""
        ready = attempts.c.state == AttemptState.READY
        due: datetime | None = self._rows(sa.select(sa.func.min(attempts.c.due_at)).where(ready))[0][0]
        return due

    def attempts(self) -> Sequence[AttemptSeen]:
        """Return every attempt."""
        told = {row.attempt_id for row in self._rows(sa.select(outcomes.c.attempt_id))}
        now = utc_now()
        held = {row.epoch for row in self._rows(sa.select(leases.c.epoch).where(leases.c.until > now))}
        return [
            AttemptSeen(
                id=row.id,
                alert_id=row.alert_id,
                number=row.address,
                state=row.state,
                has_outcome=row.id in told,
                attempt_no=row.attempt_no,
                has_live_owner=row.epoch in held,
            )
            for row in self._rows(sa.select(attempts))
        ]

    def alerts(self) -> Sequence[AlertSeen]:
        """Return every alert, with the number at which its customer is called."""
        numbers = {row.alert_id: row.address for row in self._rows(sa.select(attempts))}
        return [
            AlertSeen(row.id, numbers.get(row.id, ""), row.state, row.ended_at)
            for row in self._rows(sa.select(alerts))
        ]

    def attempt_row(self, number: str) -> Any:
        """Return the last attempt at a number as the database has it; None when there is none."""
        mine = sa.select(attempts).where(attempts.c.address == number)
        rows = self._rows(mine.order_by(attempts.c.attempt_no.desc()))
        return rows[0] if rows else None

    def call_row(self, number: str) -> Any:
        """Return the last call with a number as the database has it; None when there is none."""
        rows = self._rows(
            sa.select(calls).where(calls.c.number == number).order_by(calls.c.started_at.desc())
        )
        return rows[0] if rows else None

    def has_checkpoint(self, number: str) -> bool:
        """Whether a talk at a number was written down, to be gone on with."""
        talks = sa.select(checkpoints.c.at).join(attempts, attempts.c.id == checkpoints.c.call_id)
        return bool(self._rows(talks.where(attempts.c.address == number)))

    def _rows(self, query: sa.Select[Any]) -> Sequence[Any]:
        with self._engine.begin() as connection:
            return connection.execute(query).all()
