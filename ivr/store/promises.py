"""Promises to pay: at most one of an account is open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from ivr.accounts.promise import PartState, Promise, PromiseState
from ivr.errors import StoreError
from ivr.money import Money
from ivr.store.standing import promises_of
from ivr.store.tables.customers import accounts
from ivr.store.tables.payments import applied_payments
from ivr.store.tables.promises import promise_parts, promises


class SqlPromises:
    """Promises of one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, promise: Promise) -> None:
        if promise.state is not PromiseState.OPEN:
            raise StoreError(f"promise {promise.id} is {promise.state}; a new one is open")
        self._lock(promise.account_id)
        # A call may be recorded long after its end: the promise that was made last is the one that counts.
        later = self._next_made(promise)
        if later is None:
            self._supersede(promise.account_id, promise.made_at)
        row = {
            "id": promise.id,
            "account_id": promise.account_id,
            "customer_id": promise.customer_id,
            "alert_id": promise.alert_id,
            "topic": promise.topic,
            "outcome_id": promise.outcome_id,
            "made_at": promise.made_at,
            "was_due_minor": promise.was_due.minor,
            "currency": promise.was_due.currency,
            "due_on": promise.due_on,
            "state": promise.state if later is None else PromiseState.SUPERSEDED,
            "ended_at": later,
        }
        self._connection.execute(sa.insert(promises), row)
        parts = [
            {
                "promise_id": promise.id,
                "number": number,
                "amount_minor": part.amount.minor,
                "due_on": part.due_on,
                "review_at": part.review_at,
                "state": part.state,
            }
            for number, part in enumerate(promise.parts, start=1)
        ]
        self._connection.execute(sa.insert(promise_parts), parts)

    def due(self, now: datetime, limit: int) -> Sequence[Promise]:
        waiting = (promise_parts.c.state == PartState.OPEN, promise_parts.c.review_at <= now)
        first = sa.func.min(promise_parts.c.review_at)
        query = sa.select(promises).join(promise_parts, promise_parts.c.promise_id == promises.c.id)
        query = query.where(promises.c.state == PromiseState.OPEN, *waiting)
        query = query.group_by(promises.c.id).order_by(first, promises.c.id).limit(limit)
        return promises_of(self._connection, self._connection.execute(query).all())

    def judged(self, promise: Promise, at: datetime) -> bool:
        is_open = promise.state is PromiseState.OPEN
        change = sa.update(promises).where(promises.c.id == promise.id, promises.c.state == PromiseState.OPEN)
        ended = {"state": promise.state, "ended_at": None if is_open else at}
        if self._connection.execute(change.values(ended)).rowcount == 0:
            return False
        for number, part in enumerate(promise.parts, start=1):
            this = (promise_parts.c.promise_id == promise.id, promise_parts.c.number == number)
            self._connection.execute(sa.update(promise_parts).where(*this).values(state=part.state))
        return True

    def booked_since(self, account_id: str, currency: str, since: datetime) -> Money:
        table = applied_payments.c
        mine = (table.account_id == account_id, table.currency == currency, table.at >= since)
        booked = self._connection.execute(sa.select(sa.func.sum(table.amount_minor)).where(*mine)).scalar()
        return Money(int(booked or 0), currency)

    def _lock(self, account_id: str) -> None:
        """Let two promises of one account come one after the other."""
        self._connection.execute(
            sa.select(accounts.c.id).where(accounts.c.id == account_id).with_for_update()
        )

    def _next_made(self, promise: Promise) -> datetime | None:
        """Return when the account's next promise after this one was made; None when this is the last."""
        mine = (promises.c.account_id == promise.account_id, promises.c.made_at > promise.made_at)
        found: datetime | None = self._connection.execute(
            sa.select(sa.func.min(promises.c.made_at)).where(*mine)
        ).scalar()
        return found

    def _supersede(self, account_id: str, at: datetime) -> None:
        last = sa.update(promises).where(
            promises.c.account_id == account_id, promises.c.state == PromiseState.OPEN
        )
        self._connection.execute(last.values(state=PromiseState.SUPERSEDED, ended_at=at))
