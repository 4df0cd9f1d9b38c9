"""Payment intents: written before the provider is asked, at most one open per account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from ivr.errors import StoreError
from ivr.payments.intent import NOT_CHARGED, OPEN, ChargeResult, IntentState, PaymentIntent
from ivr.store.insert import insert_if_absent
from ivr.store.rows import intent_of
from ivr.store.tables.payments import payment_intents


class SqlPayments:
    """Payment intents of one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def open_intent(self, intent: PaymentIntent, at: datetime) -> PaymentIntent | None:
        if intent.state is not IntentState.PENDING:
            raise StoreError(f"payment intent {intent.id} is {intent.state}; a new one is pending")
        sequence = self._used_before(intent) + 1
        row = {
            "id": intent.id,
            "account_id": intent.account_id,
            "amount_minor": intent.amount.minor,
            "currency": intent.amount.currency,
            "method_id": intent.method_id,
            "sequence": sequence,
            "state": intent.state,
            "created_at": at,
            "alert_id": intent.alert_id,
            "authorisation_id": intent.authorisation_id,
        }
        # Another one of the account is open, or was counted meanwhile.
        added = insert_if_absent(self._connection, payment_intents, row)
        return replace(intent, sequence=sequence, opened_at=at) if added else None

    def get(self, intent_id: str) -> PaymentIntent | None:
        query = sa.select(payment_intents).where(payment_intents.c.id == intent_id)
        row = self._connection.execute(query).first()
        return intent_of(row) if row else None

    def unresolved(self, account_id: str | None = None) -> Sequence[PaymentIntent]:
        query = sa.select(payment_intents).where(payment_intents.c.state.in_(OPEN))
        if account_id is not None:
            query = query.where(payment_intents.c.account_id == account_id)
        rows = self._connection.execute(query.order_by(payment_intents.c.created_at, payment_intents.c.id))
        return [intent_of(row) for row in rows]

    def identify(self, intent_id: str, provider_id: str) -> bool:
        table = payment_intents.c
        is_ours = sa.or_(table.provider_id.is_(None), table.provider_id == provider_id)
        change = sa.update(payment_intents).where(table.id == intent_id, table.state.in_(OPEN), is_ours)
        return self._connection.execute(change.values(provider_id=provider_id)).rowcount == 1

    def withdraw(self, intent_id: str, result: ChargeResult, at: datetime) -> bool:
        table = payment_intents.c
        unknown_there = (table.id == intent_id, table.state.in_(OPEN), table.provider_id.is_(None))
        over = {"state": result.state, "reason": result.reason, "resolved_at": at}
        change = sa.update(payment_intents).where(*unknown_there).values(over)
        return self._connection.execute(change).rowcount == 1

    def resolve(self, intent_id: str, result: ChargeResult, at: datetime) -> None:
        # Money that was taken counts, whatever was thought before.
        is_paid = result.state is IntentState.SUCCEEDED
        may_change = OPEN + NOT_CHARGED if is_paid else OPEN
        concerned = (payment_intents.c.id == intent_id, payment_intents.c.state.in_(may_change))
        resolved_at = None if result.state.is_open else at
        values = {"state": result.state, "reason": result.reason, "resolved_at": resolved_at}
        change = sa.update(payment_intents).where(*concerned).values(values)
        if self._connection.execute(change).rowcount == 0:
            self._check_no_contradiction(intent_id, result)

    def _used_before(self, intent: PaymentIntent) -> int:
        """Count the intents of the account with this amount and method."""
        table = payment_intents.c
        alike = (
            table.account_id == intent.account_id,
            table.amount_minor == intent.amount.minor,
            table.currency == intent.amount.currency,
            table.method_id.is_not_distinct_from(intent.method_id),
        )
        return self._connection.execute(sa.select(sa.func.count()).where(*alike)).scalar_one()

    def _check_no_contradiction(self, intent_id: str, result: ChargeResult) -> None:
        """Raise StoreError when a resolved intent is told another end; "unknown" tells nothing new.

        Nor does it matter whether what was not charged was declined or withdrawn: what came first stays.
        """
        query = sa.select(payment_intents.c.state).where(payment_intents.c.id == intent_id)
        state = self._connection.execute(query).scalar()
        if state is None:
            raise StoreError(f"there is no payment intent {intent_id}")
        is_same_end = state in NOT_CHARGED and result.state in NOT_CHARGED
        if not is_same_end and result.state not in (state, *OPEN):
            raise StoreError(
                f"payment intent {intent_id} is {state} for good; it can't become {result.state}"
            )
