"""Monthly invitations to pay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import date, datetime

import sqlalchemy as sa

from ivr.accounts.contact_point import Medium
from ivr.payments.invitation import Invitation
from ivr.store.insert import insert_if_absent
from ivr.store.rows import AnyRow
from ivr.store.tables.invitations import invitations

_LASTING = invitations.c.ended_at.is_(None)
_NAMES = tuple(each.name for each in fields(Invitation))


class SqlInvitations:
    """Invitations of one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def give(self, invitation: Invitation) -> bool:
        there = sa.select(invitations.c.id).where(invitations.c.id == invitation.id)
        if self._connection.execute(there).first() is not None:
            return False
        self.end(invitation.account_id, "replaced", invitation.agreed_at)
        return insert_if_absent(self._connection, invitations, asdict(invitation), unless=["id"])

    def of_account(self, account_id: str) -> Invitation | None:
        query = sa.select(invitations).where(invitations.c.account_id == account_id, _LASTING)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else _invitation_of(row)

    def due(self, today: date, limit: int) -> Sequence[Invitation]:
        query = sa.select(invitations).where(_LASTING, invitations.c.next_on <= today)
        rows = self._connection.execute(query.order_by(invitations.c.next_on, invitations.c.id).limit(limit))
        return [_invitation_of(row) for row in rows]

    def worked(self, invitation_id: str, next_on: date, invited_by: Medium | None) -> None:
        values: dict[str, object] = {"next_on": next_on}
        if invited_by is not None:
            values["invited_by"] = invited_by
        change = sa.update(invitations).where(invitations.c.id == invitation_id)
        self._connection.execute(change.values(values))

    def end(self, account_id: str, by: str, at: datetime) -> bool:
        change = sa.update(invitations).where(invitations.c.account_id == account_id, _LASTING)
        return self._connection.execute(change.values(ended_at=at, ended_by=by)).rowcount == 1

    def end_of(self, customer_id: str, topic: str | None, by: str, at: datetime) -> int:
        change = sa.update(invitations).where(invitations.c.customer_id == customer_id, _LASTING)
        if topic is not None:
            change = change.where(invitations.c.topic == topic)
        return self._connection.execute(change.values(ended_at=at, ended_by=by)).rowcount


def _invitation_of(row: AnyRow) -> Invitation:
    return Invitation(**{name: getattr(row, name) for name in _NAMES})
