"""Everything that the eligibility stages look at, for many attempts in one batch of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from ivr.accounts.contact_point import ContactPoint
from ivr.accounts.suppression import Suppression
from ivr.attempts.attempt import Attempt, AttemptState
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.errors import StoreError
from ivr.rules.alert_choice import NOTHING_CHOSEN
from ivr.store.alert_choices import SqlAlertChoices
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

CALLS_LOOKED_BACK = timedelta(days=30)
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
_OWNERS = sa.select(contact_points.c.address, contact_points.c.customer_id).where(
    contact_points.c.address.in_(_some("addresses")), contact_points.c.listed, contact_points.c.usable
)
_CALL_TIMES: sa.Select[Any] = (
    sa.select(attempts.c.customer_id, attempts.c.address, contact_points.c.third_party, calls.c.started_at)
    .select_from(attempts)
    .join(calls, attempts.c.id == calls.c.attempt_id)
    .join(contact_points, contact_points.c.id == attempts.c.contact_point_id)
    .where(attempts.c.customer_id.in_(_some("customer_ids")) | attempts.c.address.in_(_some("addresses")))
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
    owners = _owners(connection, tried, contact_point)
    said_no = _suppressions(connection, tried, owners)
    called = _recent_calls(connection, tried, now - CALLS_LOOKED_BACK)
    live = _live_attempts(connection, tried)
    chosen = SqlAlertChoices(connection).of({a.customer_id for a in tried})
    held_back = SqlHolds(connection).of({a.customer_id for a in tried})
    return [
        EligibilityFacts(
            attempt=attempt,
            alert=alert[attempt.alert_id],
            customer=customer[attempt.customer_id],
            account=account[alert[attempt.alert_id].account_id],
            contact_point=contact_point[attempt.contact_point_id],
            suppressions=[
                s for s in said_no if _concerns(s, attempt, owners.get(attempt.id, (attempt.customer_id,)))
            ],
            recent_call_times=_times_of(called, attempt, contact_point[attempt.contact_point_id]),
            open_call=next((other.id for other in live if _blocks(other, attempt)), None),
            chosen=chosen.get(attempt.customer_id, {}).get(alert[attempt.alert_id].rule, NOTHING_CHOSEN),
            holds=[each for each in held_back if each.customer_id == attempt.customer_id],
        )
        for attempt in tried
    ]


def _rows(connection: sa.Connection, table: sa.Table, ids: Iterable[str]) -> Sequence[AnyRow]:
    return connection.execute(_BY_IDS[table], {"ids": list(ids)}).all()


def _owners(
    connection: sa.Connection, tried: Sequence[Attempt], points: Mapping[str, ContactPoint]
) -> Mapping[str, Collection[str]]:
    """Return the customers whose number it is, by id of each attempt at a third party."""
    others = [attempt for attempt in tried if points[attempt.contact_point_id].third_party]
    if not others:
        return {}
    owners: dict[str, set[str]] = defaultdict(set)
    for row in connection.execute(_OWNERS, {"addresses": list({each.address for each in others})}):
        owners[row.address].add(row.customer_id)
    return {attempt.id: owners[attempt.address] for attempt in others}


def _suppressions(
    connection: sa.Connection, tried: Sequence[Attempt], owners: Mapping[str, Collection[str]]
) -> Sequence[Suppression]:
    whom = _whom(tried)
    whom["customer_ids"] += {owner for of_number in owners.values() for owner in of_number}
    return [suppression_of(row) for row in connection.execute(_SUPPRESSIONS, whom)]


def _whom(tried: Sequence[Attempt]) -> dict[str, list[str]]:
    return {
        "customer_ids": list({attempt.customer_id for attempt in tried}),
        "addresses": list({attempt.address for attempt in tried}),
    }


def _concerns(suppression: Suppression, attempt: Attempt, called: Collection[str]) -> bool:
    """Say whether a suppression is that of whom we call or of their address: either is enough."""
    return suppression.customer_id in called or suppression.address == attempt.address


def _recent_calls(
    connection: sa.Connection, tried: Sequence[Attempt], since: datetime
) -> tuple[Mapping[str, list[AnyRow]], Mapping[str, list[AnyRow]]]:
    """Return the calls to the customers, each by whom it is about, and those to the numbers, by number."""
    by_customer: dict[str, list[AnyRow]] = defaultdict(list)
    by_address: dict[str, list[AnyRow]] = defaultdict(list)
    for row in _calls(connection, {**_whom(tried), "since": since}):
        by_customer[row.customer_id].append(row)
        by_address[row.address].append(row)
    return by_customer, by_address


def _calls(connection: sa.Connection, whom: Mapping[str, object]) -> Sequence[sa.Row[Any]]:
    return connection.execute(_CALL_TIMES, whom).all()


def _times_of(
    called: tuple[Mapping[str, list[AnyRow]], Mapping[str, list[AnyRow]]],
    attempt: Attempt,
    point: ContactPoint,
) -> list[datetime]:
    """Return when whom we call was called: a customer at all their numbers, a third party at this one.

    What a customer passed on rang somebody else, and is no call to the customer.
    """
    by_customer, by_address = called
    at_number = by_address.get(attempt.address, [])
    if point.third_party:
        return [row.started_at for row in at_number]
    own = [row.started_at for row in by_customer.get(attempt.customer_id, []) if not row.third_party]
    passed_on = [row.started_at for row in at_number if row.third_party]
    return sorted((*own, *passed_on)) if passed_on else own


def _live_attempts(connection: sa.Connection, tried: Sequence[Attempt]) -> Sequence[Attempt]:
    return [attempt_of(row) for row in connection.execute(_LIVE, _whom(tried))]


def _blocks(live: Attempt, attempt: Attempt) -> bool:
    """Say whether a live attempt occupies the customer or the address of another one."""
    same = live.customer_id == attempt.customer_id or live.address == attempt.address
    return same and live.id != attempt.id
