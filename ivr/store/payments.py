"""Payment intents: written before the provider is asked, at most one open per account."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from ivr.errors import StoreError
from ivr.payments.intent import ChargeResult, IntentState, PaymentIntent
from ivr.store.insert import insert_if_absent
from ivr.store.rows import intent_of
from ivr.store.tables.payments import OPEN_INTENT, payment_intents

_OPEN = (IntentState.PENDING, IntentState.UNKNOWN)


class SqlPayments:
    """Payment intents of one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def open_intent(self, intent: PaymentIntent, at: datetime) -> PaymentIntent | None:
        if intent.state is not IntentState.PENDING:
            raise StoreError(f"payment intent {intent.id} is {intent.state}; a new one is pending")
        row = {
            "id": intent.id,
            "account_id": intent.account_id,
            "amount_minor": intent.amount.minor,
            "currency": intent.amount.currency,
            "method_id": intent.method_id,
            "state": intent.state,
            "created_at": at,
        }
        added = insert_if_absent(self._connection, payment_intents, row, ["account_id"], where=OPEN_INTENT)
        return intent if added else None

    def get(self, intent_id: str) -> PaymentIntent | None:
        query = sa.select(payment_intents).where(payment_intents.c.id == intent_id)
        row = self._connection.execute(query).first()
        return intent_of(row) if row else None

    def unresolved(self, account_id: str | None = None) -> Sequence[PaymentIntent]:
        query = sa.select(payment_intents).where(payment_intents.c.state.in_(_OPEN))
        if account_id is not None:
            query = query.where(payment_intents.c.account_id == account_id)
        rows = self._connection.execute(query.order_by(payment_intents.c.created_at, payment_intents.c.id))
        return [intent_of(row) for row in rows]

    def resolve(self, intent_id: str, result: ChargeResult, at: datetime) -> None:
        still_open = (payment_intents.c.id == intent_id, payment_intents.c.state.in_(_OPEN))
        values = {"state": result.state, "provider_id": result.provider_id, "reason": result.reason}
        resolved_at = None if result.state in _OPEN else at
        change = sa.update(payment_intents).where(*still_open).values(values | {"resolved_at": resolved_at})
        if self._connection.execute(change).rowcount == 0:
            self._check_no_contradiction(intent_id, result)

    def _check_no_contradiction(self, intent_id: str, result: ChargeResult) -> None:
        """Raise StoreError when a resolved intent is told another end; "unknown" tells nothing new."""
        query = sa.select(payment_intents.c.state).where(payment_intents.c.id == intent_id)
        state = self._connection.execute(query).scalar()
        if state is None:
            raise StoreError(f"there is no payment intent {intent_id}")
        if result.state not in (state, *_OPEN):
            raise StoreError(
                f"payment intent {intent_id} is {state} for good; it can't become {result.state}"
            )
