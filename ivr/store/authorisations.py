"""Authorisations of automatic payments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import date, datetime

import sqlalchemy as sa

from ivr.payments.authorisation import Authorisation
from ivr.store.insert import insert_if_absent
from ivr.store.rows import AnyRow
from ivr.store.tables.authorisations import authorisations

_LASTING = authorisations.c.ended_at.is_(None)
_NAMES = tuple(each.name for each in fields(Authorisation))


class SqlAuthorisations:
    """Authorisations of one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def give(self, authorisation: Authorisation) -> bool:
        there = sa.select(authorisations.c.id).where(authorisations.c.id == authorisation.id)
        if self._connection.execute(there).first() is not None:
            return False
        self.end(authorisation.account_id, "replaced", authorisation.agreed_at)
        return insert_if_absent(self._connection, authorisations, asdict(authorisation), unless=["id"])

    def get(self, authorisation_id: str) -> Authorisation | None:
        return self._one(authorisations.c.id == authorisation_id)

    def of_account(self, account_id: str) -> Authorisation | None:
        return self._one(authorisations.c.account_id == account_id, _LASTING)

    def due(self, today: date, limit: int) -> Sequence[Authorisation]:
        query = sa.select(authorisations).where(_LASTING, authorisations.c.next_on <= today)
        rows = self._connection.execute(query.order_by(authorisations.c.next_on).limit(limit))
        return [_authorisation_of(row) for row in rows]

    def paid(self, authorisation_id: str, result: str, next_on: date) -> None:
        change = sa.update(authorisations).where(authorisations.c.id == authorisation_id)
        self._connection.execute(change.values(last_result=result, next_on=next_on))

    def end(self, account_id: str, by: str, at: datetime) -> bool:
        change = sa.update(authorisations).where(authorisations.c.account_id == account_id, _LASTING)
        return self._connection.execute(change.values(ended_at=at, ended_by=by)).rowcount == 1

    def _one(self, *conditions: sa.ColumnElement[bool]) -> Authorisation | None:
        row = self._connection.execute(sa.select(authorisations).where(*conditions)).one_or_none()
        return None if row is None else _authorisation_of(row)


def _authorisation_of(row: AnyRow) -> Authorisation:
    return Authorisation(**{name: getattr(row, name) for name in _NAMES})
