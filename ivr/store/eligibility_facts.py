"""Everything that the eligibility stages look at, for many attempts in one batch of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from ivr.accounts.suppression import Suppression
from ivr.attempts.attempt import Attempt, AttemptState
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.errors import StoreError
from ivr.store.holds import SqlHolds
from ivr.store.rows import (
    AnyRow,
    alert_of,
    attempt_of,
    contact_point_of,
    customer_of,
    suppression_of,
)
from ivr.store.standing import accounts_of
from ivr.store.tables.alerts import alerts
from ivr.store.tables.attempts import attempts
from ivr.store.tables.calls import calls
from ivr.store.tables.customers import accounts, contact_points, customers, suppressions

_CALLS_LOOKED_BACK = timedelta(days=30)
"""The longest period over which any rule of the land counts calls (see EligibilityFacts)."""


def _some(name: str) -> sa.BindParameter[str]:
    return sa.bindparam(name, expanding=True)


_BY_IDS = {
    table: sa.select(table).where(table.c.id.in_(_some("ids")))
    for table in (attempts, alerts, customers, accounts, contact_points)
}
_SUPPRESSIONS = (
    sa.select(suppressions)
    .where(
        suppressions.c.customer_id.in_(_some("customer_ids")) | suppressions.c.address.in_(_some("addresses"))
    )
    .order_by("since", "key")
)
_CALL_TIMES = (
    sa.select(attempts.c.customer_id, calls.c.started_at)
    .join(attempts, attempts.c.id == calls.c.attempt_id)
    .where(attempts.c.customer_id.in_(_some("customer_ids")))
    .where(calls.c.direction == "outbound", calls.c.started_at >= sa.bindparam("since"))
    .order_by(calls.c.started_at)
)
_LIVE = (
    sa.select(attempts)
    .where(
        (attempts.c.state == AttemptState.PLACING) | (attempts.c.state == AttemptState.IN_PROGRESS),
        attempts.c.customer_id.in_(_some("customer_ids")) | attempts.c.address.in_(_some("addresses")),
    )
    .order_by(attempts.c.id)
)


def eligibility_facts(
    connection: sa.Connection, attempt_ids: Collection[str], now: datetime
) -> Sequence[EligibilityFacts]:
    """Return the facts of each attempt in the order of `attempt_ids`; raise StoreError for an unknown one."""
    found = {row.id: attempt_of(row) for row in _rows(connection, attempts, attempt_ids)}
    if missing := set(attempt_ids) - set(found):
        raise StoreError(f"there is no attempt {', '.join(sorted(missing))}")
    tried = [found[attempt_id] for attempt_id in attempt_ids]
    alert = {row.id: alert_of(row) for row in _rows(connection, alerts, {a.alert_id for a in tried})}
    customer = {
        row.id: customer_of(row) for row in _rows(connection, customers, {a.customer_id for a in tried})
    }
    wanted = {a.account_id for a in alert.values()}
    held = accounts_of(connection, _rows(connection, accounts, wanted))
    account = {each.id: each for each in held}
    wanted = {a.contact_point_id for a in tried}
    contact_point = {row.id: contact_point_of(row) for row in _rows(connection, contact_points, wanted)}
    said_no = _suppressions(connection, tried)
    called = _recent_call_times(connection, tried, now - _CALLS_LOOKED_BACK)
    live = _live_attempts(connection, tried)
    held_back = SqlHolds(connection).of({a.customer_id for a in tried})
    return [
        EligibilityFacts(
            attempt=attempt,
            alert=alert[attempt.alert_id],
            customer=customer[attempt.customer_id],
            account=account[alert[attempt.alert_id].account_id],
            contact_point=contact_point[attempt.contact_point_id],
            suppressions=[s for s in said_no if _concerns(s, attempt)],
            recent_call_times=called[attempt.customer_id],
            open_call=next((other.id for other in live if _blocks(other, attempt)), None),
            holds=[each for each in held_back if each.customer_id == attempt.customer_id],
        )
        for attempt in tried
    ]


def _rows(connection: sa.Connection, table: sa.Table, ids: Iterable[str]) -> Sequence[AnyRow]:
    return connection.execute(_BY_IDS[table], {"ids": list(ids)}).all()


def _suppressions(connection: sa.Connection, tried: Sequence[Attempt]) -> Sequence[Suppression]:
    rows = connection.execute(_SUPPRESSIONS, _whom(tried))
    return [suppression_of(row) for row in rows]


def _whom(tried: Sequence[Attempt]) -> dict[str, list[str]]:
    return {
        "customer_ids": list({attempt.customer_id for attempt in tried}),
        "addresses": list({attempt.address for attempt in tried}),
    }


def _concerns(suppression: Suppression, attempt: Attempt) -> bool:
    """Say whether a suppression is this person's or this address's: either is enough."""
    return suppression.customer_id == attempt.customer_id or suppression.address == attempt.address


def _recent_call_times(
    connection: sa.Connection, tried: Sequence[Attempt], since: datetime
) -> dict[str, list[datetime]]:
    customer_ids = list({attempt.customer_id for attempt in tried})
    times: dict[str, list[datetime]] = defaultdict(list)
    for row in connection.execute(_CALL_TIMES, {"customer_ids": customer_ids, "since": since}):
        times[row.customer_id].append(row.started_at)
    return times


def _live_attempts(connection: sa.Connection, tried: Sequence[Attempt]) -> Sequence[Attempt]:
    return [attempt_of(row) for row in connection.execute(_LIVE, _whom(tried))]


def _blocks(live: Attempt, attempt: Attempt) -> bool:
    """Say whether a live attempt occupies the customer or the address of another one."""
    same = live.customer_id == attempt.customer_id or live.address == attempt.address
    return same and live.id != attempt.id
