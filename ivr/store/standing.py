"""Accounts with what is known of them beside their row: the last promise, the last event of each kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from ivr.accounts.account import Account
from ivr.accounts.account_event import AccountEventKind
from ivr.accounts.promise import Promise
from ivr.store.rows import NO_EVENTS, AnyRow, account_of, promise_of
from ivr.store.tables.account_events import account_events
from ivr.store.tables.promises import promise_parts, promises

AccountIds = Sequence[str] | sa.Select[tuple[str]]
"""Ids, or a query for them."""


def accounts_of(connection: sa.Connection, rows: Sequence[AnyRow], ids: AccountIds) -> list[Account]:
    """Return the accounts of rows of `accounts`; `ids` are those of the same accounts."""
    promised, happened = _last_promises(connection, ids), _last_events(connection, ids)
    return [account_of(row, promised.get(row.id), happened.get(row.id, NO_EVENTS)) for row in rows]


def promises_of(connection: sa.Connection, rows: Sequence[AnyRow]) -> list[Promise]:
    """Return the promises of rows of `promises`."""
    if not rows:
        return []
    wanted = sa.select(promise_parts).where(promise_parts.c.promise_id.in_([row.id for row in rows]))
    return _with_parts(rows, connection.execute(wanted.order_by(promise_parts.c.number)).all())


def _last_promises(connection: sa.Connection, ids: AccountIds) -> dict[str, Promise]:
    query = sa.select(promises).where(promises.c.account_id.in_(ids))
    rows = connection.execute(query.order_by(promises.c.made_at, promises.c.id)).all()
    if not rows:
        return {}
    parts = sa.select(promise_parts).join(promises, promises.c.id == promise_parts.c.promise_id)
    parts = parts.where(promises.c.account_id.in_(ids)).order_by(promise_parts.c.number)
    return {promise.account_id: promise for promise in _with_parts(rows, connection.execute(parts).all())}


def _last_events(connection: sa.Connection, ids: AccountIds) -> dict[str, dict[AccountEventKind, date]]:
    table = account_events.c
    query = sa.select(table.account_id, table.kind, sa.func.max(table.on_day).label("day"))
    query = query.where(table.account_id.in_(ids)).group_by(table.account_id, table.kind)
    found: dict[str, dict[AccountEventKind, date]] = defaultdict(dict)
    for row in connection.execute(query):
        found[row.account_id][row.kind] = row.day
    return found


def _with_parts(rows: Sequence[AnyRow], parts: Sequence[AnyRow]) -> list[Promise]:
    of_promise: dict[str, list[AnyRow]] = defaultdict(list)
    for part in parts:
        of_promise[part.promise_id].append(part)
    return [promise_of(row, of_promise[row.id]) for row in rows]
