"""The ledger: every move of an attempt is one fenced UPDATE that knows where it may come from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import uuid4

import sqlalchemy as sa

from ivr.accounts.contact_point import ContactPoint
from ivr.attempts.attempt import TERMINAL, TRANSITIONS, Attempt, AttemptState, NewAttempt
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.errors import FencedError, StoreError
from ivr.store.claims import claim_due, release_expired_claims, require_lease, take_over
from ivr.store.db_errors import is_taken
from ivr.store.eligibility_facts import eligibility_facts
from ivr.store.insert import insert_if_absent
from ivr.store.rows import AnyRow, attempt_of
from ivr.store.tables.attempts import attempts
from ivr.store.tables.calls import calls

_SOURCES = {
    target: [
        source
        for source, targets in TRANSITIONS.items()
        if target in targets and source is not AttemptState.READY
    ]
    for target in AttemptState
}
"""Every state with those that an owner may bring to it; nobody owns a ready attempt."""

_BY_ID = sa.select(attempts).where(attempts.c.id == sa.bindparam("attempt_id"))
# A condition per target, because an IN is put together anew at each execution.
_MOVES = {
    target: sa.update(attempts).where(
        attempts.c.id == sa.bindparam("attempt_id"),
        attempts.c.epoch == sa.bindparam("held"),
        sa.or_(*(attempts.c.state == source for source in sources)),
    )
    for target, sources in _SOURCES.items()
    if sources
}
_CANCEL_READY = sa.update(attempts).where(
    attempts.c.alert_id == sa.bindparam("alert"), attempts.c.state == AttemptState.READY
)
_HISTORY = (
    sa.select(attempts)
    .where(attempts.c.alert_id == sa.bindparam("alert"), attempts.c.cycle == sa.bindparam("which_cycle"))
    .order_by(attempts.c.attempt_no, attempts.c.id)
)


class SqlAttempts:
    """The ledger of one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, attempt: NewAttempt) -> str | None:
        attempt_id = uuid4().hex
        row = {
            "id": attempt_id,
            "alert_id": attempt.alert_id,
            "customer_id": attempt.customer_id,
            "cycle": attempt.cycle,
            "attempt_no": attempt.attempt_no,
            "step": attempt.step,
            "medium": attempt.medium,
            "contact_point_id": attempt.contact_point_id,
            "address": attempt.address,
            "state": AttemptState.READY,
            "due_at": attempt.due_at,
            "rank_at": attempt.rank_at,
            "epoch": 0,
        }
        added = insert_if_absent(self._connection, attempts, row, unless=["alert_id", "cycle", "attempt_no"])
        return attempt_id if added else None

    def get(self, attempt_id: str) -> Attempt:
        return attempt_of(self._row(attempt_id))

    def claim_due(
        self, owner: str, epoch: int, now: datetime, limit: int, lease_until: datetime
    ) -> Sequence[Attempt]:
        return claim_due(self._connection, owner, epoch, now, limit, lease_until)

    def release(self, attempt_id: str, epoch: int, due_at: datetime, reason: str) -> None:
        before = self._row(attempt_id)
        bonus = before.due_at - before.rank_at
        fresh = {"owner": None, "lease_until": None, "placing_at": None}
        self._move(
            attempt_id,
            epoch,
            AttemptState.READY,
            due_at=due_at,
            rank_at=due_at - bonus,
            released_because=reason,
            **fresh,
        )
        if before.state is AttemptState.PLACING:
            # Nothing was dialled, so there was no call; the next placing opens it anew.
            self._connection.execute(sa.delete(calls).where(calls.c.id == attempt_id))

    def release_expired_claims(self, now: datetime) -> int:
        return release_expired_claims(self._connection, now)

    def placing(self, attempt_id: str, epoch: int, at: datetime) -> bool:
        try:
            with self._connection.begin_nested():
                self._move(attempt_id, epoch, AttemptState.PLACING, placing_at=at, lease_until=None)
        except sa.exc.IntegrityError as error:
            if is_taken(error):
                return False
            raise
        return True

    def in_progress(self, attempt_id: str, epoch: int, at: datetime) -> None:
        self._move(attempt_id, epoch, AttemptState.IN_PROGRESS, in_progress_at=at)

    def close(
        self,
        attempt_id: str,
        epoch: int,
        state: AttemptState,
        at: datetime,
        result: str,
        disposition: str | None,
    ) -> None:
        if state not in TERMINAL:
            raise StoreError(f"attempt {attempt_id} can't be closed as {state}: that is no end")
        ending = {"closed_at": at, "result": result, "disposition": disposition, "lease_until": None}
        self._move(attempt_id, epoch, state, **ending)

    def cancel_ready(self, alert_id: str, at: datetime, reason: str) -> int:
        ending = {"state": AttemptState.CANCELLED, "closed_at": at, "result": reason}
        return self._connection.execute(_CANCEL_READY, {"alert": alert_id, **ending}).rowcount

    def ready_of(self, alert_id: str) -> Attempt | None:
        theirs = sa.select(attempts).where(
            attempts.c.alert_id == alert_id, attempts.c.state == AttemptState.READY
        )
        row = self._connection.execute(theirs.order_by(attempts.c.due_at, attempts.c.id)).first()
        return None if row is None else attempt_of(row)

    def move_ready(self, alert_id: str, due_at: datetime, *, earlier: bool = False) -> int:
        theirs = sa.select(attempts).where(
            attempts.c.alert_id == alert_id, attempts.c.state == AttemptState.READY
        )
        moved = 0
        for row in self._connection.execute(theirs.with_for_update()).all():
            if earlier or row.due_at < due_at:
                change = sa.update(attempts).where(
                    attempts.c.id == row.id, attempts.c.state == AttemptState.READY
                )
                ranked = due_at - (row.due_at - row.rank_at)
                moved += self._connection.execute(change.values(due_at=due_at, rank_at=ranked)).rowcount
        return moved

    def redirect_ready(self, attempt_id: str, point: ContactPoint) -> bool:
        waits = attempts.c.id == attempt_id, attempts.c.state == AttemptState.READY
        change = sa.update(attempts).where(*waits).values(contact_point_id=point.id, address=point.address)
        return self._connection.execute(change).rowcount == 1

    def put_off_ready(self, alert_id: str, until: datetime) -> int:
        early = attempts.c.alert_id == alert_id, attempts.c.state == AttemptState.READY
        rows = self._connection.execute(sa.select(attempts).where(*early, attempts.c.due_at < until)).all()
        for row in rows:
            later = {"due_at": until, "rank_at": until - (row.due_at - row.rank_at)}
            self._connection.execute(sa.update(attempts).where(attempts.c.id == row.id).values(later))
        return len(rows)

    def in_states(self, states: Collection[AttemptState]) -> Sequence[Attempt]:
        in_states = sa.select(attempts).where(attempts.c.state.in_(states))
        rows = self._connection.execute(in_states.order_by(attempts.c.rank_at, attempts.c.id))
        return [attempt_of(row) for row in rows]

    def take_over(self, owner: str, epoch: int) -> Sequence[Attempt]:
        return take_over(self._connection, owner, epoch)

    def history(self, alert_id: str, cycle: int) -> Sequence[Attempt]:
        rows = self._connection.execute(_HISTORY, {"alert": alert_id, "which_cycle": cycle})
        return [attempt_of(row) for row in rows]

    def eligibility(self, attempt_ids: Collection[str], now: datetime) -> Sequence[EligibilityFacts]:
        return eligibility_facts(self._connection, attempt_ids, now)

    def _row(self, attempt_id: str) -> AnyRow:
        row = self._connection.execute(_BY_ID, {"attempt_id": attempt_id}).first()
        if row is None:
            raise StoreError(f"there is no attempt {attempt_id}")
        return row

    def _move(self, attempt_id: str, epoch: int, to: AttemptState, **values: object) -> None:
        """Change the state where lease, epoch and transition allow; else raise FencedError or StoreError."""
        require_lease(self._connection, epoch)
        where = {"attempt_id": attempt_id, "held": epoch}
        if self._connection.execute(_MOVES[to], {**where, "state": to, **values}).rowcount == 0:
            raise self._refusal(attempt_id, epoch, to)

    def _refusal(self, attempt_id: str, epoch: int, to: AttemptState) -> StoreError:
        attempt = self.get(attempt_id)
        if attempt.epoch > epoch:
            return FencedError(f"attempt {attempt_id} is held under epoch {attempt.epoch} now, not {epoch}")
        if attempt.epoch != epoch:
            return StoreError(f"attempt {attempt_id} is held under epoch {attempt.epoch}, never {epoch}")
        return StoreError(f"attempt {attempt_id} is {attempt.state}; it can't become {to}")
