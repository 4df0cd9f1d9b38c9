"""Accounts with what is known of them beside their row: the last promise, the last event of each kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from ivr.accounts.account import Account
from ivr.accounts.account_event import AccountEventKind
from ivr.accounts.contact_point import Medium
from ivr.accounts.promise import Promise
from ivr.store.rows import NO_EVENTS, AnyRow, account_of, promise_of
from ivr.store.tables.account_events import account_events
from ivr.store.tables.invitations import invitations
from ivr.store.tables.promises import promise_parts, promises

_CHUNK = 500
"""Accounts asked about at once: far below the number of values that a statement may have."""


def _some(name: str) -> sa.BindParameter[str]:
    return sa.bindparam(name, expanding=True)


_PROMISES = (
    sa.select(promises)
    .where(promises.c.account_id.in_(_some("account_ids")))
    .order_by(promises.c.made_at, promises.c.id)
)
_PARTS = (
    sa.select(promise_parts)
    .where(promise_parts.c.promise_id.in_(_some("promise_ids")))
    .order_by(promise_parts.c.number)
)
_EVENTS = (
    sa.select(
        account_events.c.account_id, account_events.c.kind, sa.func.max(account_events.c.on_day).label("day")
    )
    .where(account_events.c.account_id.in_(_some("account_ids")))
    .group_by(account_events.c.account_id, account_events.c.kind)
)
_INVITED_BY = sa.select(invitations.c.account_id, invitations.c.invited_by).where(
    invitations.c.account_id.in_(_some("account_ids")), invitations.c.ended_at.is_(None)
)


def accounts_of(connection: sa.Connection, rows: Sequence[AnyRow]) -> list[Account]:
    """Return the accounts of rows of `accounts`."""
    accounts: list[Account] = []
    for start in range(0, len(rows), _CHUNK):
        chunk = rows[start : start + _CHUNK]
        ids = [row.id for row in chunk]
        promised, happened = _last_promises(connection, ids), _last_events(connection, ids)
        invited = _invited_by(connection, ids)
        accounts += [
            account_of(row, promised.get(row.id), happened.get(row.id, NO_EVENTS), invited.get(row.id))
            for row in chunk
        ]
    return accounts


def promises_of(connection: sa.Connection, rows: Sequence[AnyRow]) -> list[Promise]:
    """Return the promises of rows of `promises`, at most some hundred."""
    if not rows:
        return []
    of_promise: dict[str, list[AnyRow]] = defaultdict(list)
    for part in connection.execute(_PARTS, {"promise_ids": [row.id for row in rows]}):
        of_promise[part.promise_id].append(part)
    return [promise_of(row, of_promise[row.id]) for row in rows]


def _last_promises(connection: sa.Connection, ids: Sequence[str]) -> dict[str, Promise]:
    # By when they were made: of one account's the last stays.
    last = {row.account_id: row for row in connection.execute(_PROMISES, {"account_ids": ids})}
    return {promise.account_id: promise for promise in promises_of(connection, list(last.values()))}


def _last_events(connection: sa.Connection, ids: Sequence[str]) -> dict[str, dict[AccountEventKind, date]]:
    found: dict[str, dict[AccountEventKind, date]] = defaultdict(dict)
    for row in connection.execute(_EVENTS, {"account_ids": ids}):
        found[row.account_id][row.kind] = row.day
    return found


def _invited_by(connection: sa.Connection, ids: Sequence[str]) -> dict[str, Medium | None]:
    rows = connection.execute(_INVITED_BY, {"account_ids": ids})
    return {row.account_id: row.invited_by for row in rows}
