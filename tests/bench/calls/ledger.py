"""What the engine's database says of a step."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from ivr.attempts.attempt import TERMINAL, AttemptState
from ivr.calls.call_result import CallResult
from ivr.outcomes.response import Response
from ivr.store.tables.attempts import attempts
from ivr.store.tables.outcomes import outbox, outcomes
from ivr.store.transaction import SqlTransaction


@dataclass(frozen=True, slots=True)
class Counts:
    """How far a step is."""

    ready: int
    open: int
    """Attempts that have not ended."""
    untold: int
    """Outcomes that were not yet told to the customer store."""

    @property
    def is_all_done(self) -> bool:
        """Whether every attempt has ended and everything was told."""
        return not self.open and not self.untold


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a step's calls."""

    as_they_should: int
    """Attempts closed with an answered call, whose outcome is the key that was pressed, told on."""
    placed_cps: float


def counts_now(tx: SqlTransaction) -> Counts:
    """Return how far the step is."""
    states = sa.select(attempts.c.state, sa.func.count()).group_by(attempts.c.state)
    by_state: dict[AttemptState, int] = {row[0]: row[1] for row in tx.connection.execute(states)}
    untold = sa.select(sa.func.count()).select_from(outbox).where(outbox.c.acknowledged_at.is_(None))
    return Counts(
        ready=by_state.get(AttemptState.READY, 0),
        open=sum(count for state, count in by_state.items() if state not in TERMINAL),
        untold=tx.connection.execute(untold).scalar_one(),
    )


def judge(tx: SqlTransaction) -> Verdict:
    """Return what became of the calls."""
    ended = (
        sa.select(outcomes.c.responses)
        .join(attempts, attempts.c.id == outcomes.c.attempt_id)
        .join(outbox, outbox.c.key == outcomes.c.id)
        .where(attempts.c.state == AttemptState.CLOSED, outcomes.c.call_result == CallResult.ANSWERED)
        .where(outbox.c.acknowledged_at.is_not(None))
    )
    meant = [[name for name, _detail in row.responses] for row in tx.connection.execute(ended)]
    span = sa.select(
        sa.func.min(attempts.c.placing_at),
        sa.func.max(attempts.c.placing_at),
        sa.func.count(attempts.c.placing_at),
    )
    first, last, placed = tx.connection.execute(span).one()
    seconds = (last - first).total_seconds() if placed > 1 else 0.0
    return Verdict(
        as_they_should=meant.count([Response.CONFIRMED.value]),
        placed_cps=(placed - 1) / seconds if seconds else float(placed),
    )
