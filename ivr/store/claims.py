"""Who works on an attempt: claims, expired claims, and what a new owner takes over.

Locking (on PostgreSQL; SQLite has one writer): a claim locks its rows and skips those that others hold. The
key of the lease (its epoch) is locked shared by whoever acts under it: renewing does not wait for them, but
a new owner's term begins only after those acts are committed, so that its take-over sees them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from ivr.attempts.attempt import Attempt, AttemptState
from ivr.errors import FencedError
from ivr.store.rows import attempt_of
from ivr.store.tables.attempts import attempts
from ivr.store.tables.coordination import leases

_LIVE = (AttemptState.PLACING, AttemptState.IN_PROGRESS)

_LEASE_OF_EPOCH = (
    sa.select(leases.c.name)
    .where(leases.c.epoch == sa.bindparam("held"))
    .with_for_update(read=True, key_share=True)
)
_DUE = (
    sa.select(attempts.c.id)
    .where(attempts.c.state == AttemptState.READY, attempts.c.due_at <= sa.bindparam("now"))
    .order_by(attempts.c.rank_at, attempts.c.id)
    .limit(sa.bindparam("most"))
    .with_for_update(skip_locked=True)
)


def require_lease(connection: sa.Connection, epoch: int) -> None:
    """Raise FencedError unless `epoch` is that of a lease's present owner."""
    if connection.execute(_LEASE_OF_EPOCH, {"held": epoch}).first() is None:
        raise FencedError(f"no lease is held under epoch {epoch}: another owner took over, or none was taken")


def claim_due(
    connection: sa.Connection, owner: str, epoch: int, now: datetime, limit: int, lease_until: datetime
) -> Sequence[Attempt]:
    """Claim up to `limit` ready attempts with due_at <= now, by rank_at."""
    require_lease(connection, epoch)
    ids = connection.execute(_DUE, {"now": now, "most": limit}).scalars().all()
    if not ids:
        return []
    change = sa.update(attempts).where(attempts.c.id.in_(ids))
    claim = {"state": AttemptState.CLAIMED, "owner": owner, "epoch": epoch, "lease_until": lease_until}
    rows = connection.execute(change.values(claim).returning(*attempts.c))
    claimed = {row.id: attempt_of(row) for row in rows}
    return [claimed[attempt_id] for attempt_id in ids]


def release_expired_claims(connection: sa.Connection, now: datetime) -> int:
    """Put claimed attempts whose lease ran out back to ready; return how many."""
    expired = (attempts.c.state == AttemptState.CLAIMED, attempts.c.lease_until < now)
    fresh = {
        "state": AttemptState.READY,
        "owner": None,
        "lease_until": None,
        "released_because": "claim_expired",
    }
    return connection.execute(sa.update(attempts).where(*expired).values(fresh)).rowcount


def take_over(connection: sa.Connection, owner: str, epoch: int) -> Sequence[Attempt]:
    """Take every live attempt that no present owner of a lease holds; return all that `epoch` holds now.

    What such an owner had only claimed goes back to ready at once: it was never dialled.
    """
    require_lease(connection, epoch)
    held = sa.select(leases.c.epoch).where(leases.c.epoch.is_not(None))
    dead_claims = (attempts.c.state == AttemptState.CLAIMED, attempts.c.epoch.not_in(held))
    freed = {
        "state": AttemptState.READY,
        "owner": None,
        "lease_until": None,
        "released_because": "owner_gone",
    }
    connection.execute(sa.update(attempts).where(*dead_claims).values(freed))
    orphaned = (attempts.c.state.in_(_LIVE), attempts.c.epoch.not_in(held))
    connection.execute(sa.update(attempts).where(*orphaned).values(owner=owner, epoch=epoch))
    mine = (attempts.c.state.in_(_LIVE), attempts.c.epoch == epoch)
    rows = connection.execute(sa.select(attempts).where(*mine).order_by(attempts.c.rank_at, attempts.c.id))
    return [attempt_of(row) for row in rows]
