"""What the store says of one customer, for the second half of a test."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from ivr.alerts.alert import AlertState
from ivr.attempts.attempt import Attempt, AttemptState
from ivr.attempts.eligibility.decision import Verdict
from ivr.engine.read_models import CustomerLine
from ivr.store.reports import customer_lines
from ivr.store.tables.alerts import alerts, decisions
from ivr.store.tables.attempts import attempts
from ivr.store.tables.calls import call_steps, calls
from ivr.store.transaction import SqlTransaction


@dataclass(frozen=True, slots=True)
class Objection:
    """Why an attempt was put off or cancelled."""

    reason: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that is written down about one customer."""

    line: CustomerLine
    attempts: tuple[Attempt, ...]
    """In the order in which they were planned."""
    alerts: tuple[tuple[AlertState, str | None], ...]
    """State and reason of each alert, oldest first."""
    objections: tuple[Objection, ...]
    """Oldest first."""
    calls: tuple[Any, ...]
    """Rows of the table of calls, oldest first."""
    steps: tuple[Any, ...]
    """Rows of the table of call steps."""

    @property
    def closed(self) -> tuple[Attempt, ...]:
        """The attempts that were made and are over."""
        return tuple(attempt for attempt in self.attempts if attempt.state is AttemptState.CLOSED)

    @property
    def next_attempt(self) -> Attempt | None:
        """The attempt that waits for its time."""
        return next((attempt for attempt in self.attempts if attempt.state is AttemptState.READY), None)

    @property
    def amount_due(self) -> str:
        """Of the customer's only account: `42.50 USD`."""
        [account] = self.line.accounts
        return f"{account.amount_due.amount} {account.amount_due.currency}"

    @property
    def disposition(self) -> str:
        """Of the last outcome."""
        return self.line.dispositions[-1].value

    @property
    def responses(self) -> tuple[str, ...]:
        """Everything that was meant, oldest first."""
        return tuple(response.value for response in self.line.responses)


def story_of(tx: SqlTransaction, customer_id: str) -> Story:
    """Read one customer's story."""
    [line] = [line for line in customer_lines(tx) if line.customer_id == customer_id]
    made = sorted(
        (each for each in tx.attempts.in_states(list(AttemptState)) if each.customer_id == customer_id),
        key=lambda attempt: (attempt.due_at, attempt.attempt_no),
    )
    rows = tx.connection.execute(
        sa.select(alerts).where(alerts.c.customer_id == customer_id).order_by(alerts.c.created_at)
    ).all()
    return Story(
        line,
        tuple(made),
        tuple((row.state, row.end_reason) for row in rows),
        _objections(tx, [row.id for row in rows]),
        tuple(_calls(tx, customer_id)),
        tuple(_steps(tx, customer_id)),
    )


def _objections(tx: SqlTransaction, alert_ids: list[str]) -> tuple[Objection, ...]:
    no = (decisions.c.alert_id.in_(alert_ids), decisions.c.verdict != Verdict.GO)
    rows = tx.connection.execute(sa.select(decisions).where(*no).order_by(decisions.c.id))
    return tuple(Objection(row.reason, row.until) for row in rows)


def _calls(tx: SqlTransaction, customer_id: str) -> list[Any]:
    joined = sa.select(calls).join(attempts, attempts.c.id == calls.c.attempt_id)
    mine = joined.where(attempts.c.customer_id == customer_id).order_by(calls.c.started_at)
    return list(tx.connection.execute(mine))


def _steps(tx: SqlTransaction, customer_id: str) -> list[Any]:
    joined = sa.select(call_steps).join(attempts, attempts.c.id == call_steps.c.call_id)
    mine = joined.where(attempts.c.customer_id == customer_id).order_by(call_steps.c.at, call_steps.c.seq)
    return list(tx.connection.execute(mine))
