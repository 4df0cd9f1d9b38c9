"""Stop calling somebody, from the key on."""

from __future__ import annotations

from datetime import datetime

from ivr.accounts.suppression import Suppression
from ivr.engine.ports import Transaction


def opt_out(
    tx: Transaction, customer_id: str, address: str, topic: str | None, source: str, now: datetime
) -> None:
    """Suppress the customer and the number, each on its own: either alone stops a call.

    `topic` None covers everything.
    """
    tx.customers.add_suppression(Suppression(customer_id, None, topic, now, source))
    tx.customers.add_suppression(Suppression(None, address, topic, now, source))
