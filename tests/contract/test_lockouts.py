"""How doors stand is kept over calls and engines."""

from __future__ import annotations

from datetime import timedelta

from ivr.engine.lockout import Lockout
from ivr.store.transaction import SqlTransaction
from tests.contract.samples import NOW


def test_a_door_that_nobody_failed_at_is_open(tx: SqlTransaction) -> None:
    assert tx.lockouts.get("studio") == Lockout()


def test_the_last_state_of_each_door_holds(tx: SqlTransaction) -> None:
    tx.lockouts.put("studio", Lockout(2))
    tx.lockouts.put("studio", Lockout(0, NOW + timedelta(minutes=10)))
    tx.lockouts.put("another", Lockout(1))
    assert tx.lockouts.get("studio") == Lockout(0, NOW + timedelta(minutes=10))
    assert tx.lockouts.get("another") == Lockout(1)
