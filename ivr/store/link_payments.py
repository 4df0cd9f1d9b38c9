"""Payments that were asked for on the page behind a link."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from ivr.engine.ports import LinkPayment
from ivr.store.insert import insert_if_absent
from ivr.store.rows import AnyRow
from ivr.store.tables.link_payments import link_payments
from ivr.store.tables.payments import payment_intents


class SqlLinkPayments:
    """Payments on pages of one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def begin(self, payment: LinkPayment) -> bool:
        row = {
            "id": payment.id,
            "message_id": payment.message_id,
            "alert_id": payment.alert_id,
            "intent_id": payment.intent_id,
            "words": payment.words,
            "proof": payment.proof,
            "began_at": payment.began_at,
        }
        if insert_if_absent(self._connection, link_payments, row, unless=["id"]):
            return True
        has_intent = sa.exists().where(payment_intents.c.id == link_payments.c.intent_id)
        in_vain = sa.update(link_payments).where(
            link_payments.c.id == payment.id, link_payments.c.ended_at.is_not(None), ~has_intent
        )
        again = in_vain.values(began_at=payment.began_at, ended_at=None)
        return self._connection.execute(again).rowcount == 1

    def unfinished(self) -> Sequence[LinkPayment]:
        waiting = sa.select(link_payments).where(link_payments.c.ended_at.is_(None))
        rows = self._connection.execute(waiting.order_by(link_payments.c.began_at, link_payments.c.id))
        return [_payment_of(row) for row in rows]

    def of_intent(self, intent_id: str) -> LinkPayment | None:
        query = sa.select(link_payments).where(link_payments.c.intent_id == intent_id)
        row = self._connection.execute(query).first()
        return None if row is None else _payment_of(row)

    def finish(self, payment_id: str, at: datetime) -> bool:
        open_one = sa.update(link_payments).where(
            link_payments.c.id == payment_id, link_payments.c.ended_at.is_(None)
        )
        return self._connection.execute(open_one.values(ended_at=at)).rowcount == 1


def _payment_of(row: AnyRow) -> LinkPayment:
    return LinkPayment(
        row.id, row.message_id, row.alert_id, row.words, row.proof, row.began_at, row.intent_id
    )
