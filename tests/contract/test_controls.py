"""Nothing is live before somebody says so."""

from __future__ import annotations

import sqlalchemy as sa

from ivr.store.tables.controls import control_changes
from ivr.store.transaction import SqlTransaction
from tests.contract.samples import NOW


def test_at_first_nothing_is_live_and_nothing_is_stopped(tx: SqlTransaction) -> None:
    assert not tx.controls.is_live()
    assert not tx.controls.is_stopped()


def test_the_last_word_holds_and_all_are_kept(tx: SqlTransaction) -> None:
    tx.controls.set_live(True, "maria", NOW)
    tx.controls.set_stopped(True, "maria", NOW)
    assert (tx.controls.is_live(), tx.controls.is_stopped()) == (True, True)
    tx.controls.set_stopped(False, "otto", NOW)
    assert (tx.controls.is_live(), tx.controls.is_stopped()) == (True, False)
    said = tx.connection.execute(sa.select(control_changes.c.by).order_by(control_changes.c.id))
    assert said.scalars().all() == ["maria", "maria", "otto"]
