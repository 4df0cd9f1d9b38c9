"""Put an alert off, as the customer asked: on every medium, in the transaction that records their word."""

from __future__ import annotations

from datetime import datetime

from ivr.engine.ports import Transaction


def put_off(tx: Transaction, alert_id: str, until: datetime) -> None:
    """Let nothing of the alert come before `until`: what waits moves, what is planned later keeps to it."""
    tx.alerts.defer(alert_id, until)
    tx.attempts.put_off_ready(alert_id, until)
