"""PINs and the tries to prove to be somebody."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from ivr.store.insert import upsert
from ivr.store.tables.customers import customers
from ivr.store.tables.factors import factor_tries, pins


class SqlFactors:
    """PINs and tries of one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def pin_hash(self, customer_id: str) -> str | None:
        found = sa.select(pins.c.hash).where(pins.c.customer_id == customer_id)
        return self._connection.execute(found).scalar()

    def set_pin(self, customer_id: str, pin_hash: str, at: datetime) -> None:
        row = {"customer_id": customer_id, "hash": pin_hash, "set_at": at}
        upsert(self._connection, pins, row, key=["customer_id"])

    def begin_try(self, customer_id: str, at: datetime, since: datetime, most: int) -> int | None:
        # The customer's row is locked, so that two calls at once can't both be the last that is let in.
        self._connection.execute(
            sa.select(customers.c.id).where(customers.c.id == customer_id).with_for_update()
        )
        theirs = factor_tries.c.customer_id == customer_id
        self._connection.execute(sa.delete(factor_tries).where(theirs, factor_tries.c.at <= since))
        counted = sa.select(sa.func.count()).select_from(factor_tries).where(theirs)
        tries: int = self._connection.execute(counted).scalar_one()
        if tries >= most:
            return None
        self._connection.execute(sa.insert(factor_tries).values(customer_id=customer_id, at=at))
        return tries + 1

    def tries_forgiven(self, customer_id: str) -> None:
        self._connection.execute(sa.delete(factor_tries).where(factor_tries.c.customer_id == customer_id))
