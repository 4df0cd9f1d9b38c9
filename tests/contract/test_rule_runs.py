"""Ticks and leases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ivr.errors import FencedError
from ivr.store.transaction import SqlTransaction
from tests.contract.samples import LEASE, NOW


def take(tx: SqlTransaction, owner: str, seconds: float = 0, name: str = "leader") -> int | None:
    now = NOW + timedelta(seconds=seconds)
    return tx.rule_runs.take_lease(name, owner, now, now + LEASE)


def test_a_tick_is_worked_once(tx: SqlTransaction) -> None:
    assert tx.rule_runs.begin("overdue", NOW, NOW)
    assert not tx.rule_runs.begin("overdue", NOW, NOW + timedelta(minutes=1))
    assert tx.rule_runs.begin("overdue", NOW + timedelta(minutes=1), NOW)
    assert tx.rule_runs.begin("other", NOW, NOW)


def test_a_lease_is_its_owner_s_until_it_ends(tx: SqlTransaction) -> None:
    first = take(tx, "one")
    assert take(tx, "two", seconds=29.9) is None
    assert take(tx, "two", seconds=30) is not None
    assert take(tx, "one", seconds=31) is None
    assert first is not None


def test_renewing_keeps_the_epoch_and_moves_the_end(tx: SqlTransaction) -> None:
    first = take(tx, "one")
    assert take(tx, "one", seconds=20) == first
    assert take(tx, "two", seconds=40) is None


def test_an_owner_that_comes_late_but_first_keeps_its_epoch(tx: SqlTransaction) -> None:
    first = take(tx, "one")
    assert take(tx, "one", seconds=500) == first


def test_nobody_waits_for_the_lease_of_an_owner_that_is_known_to_be_gone(tx: SqlTransaction) -> None:
    first = take(tx, "one")
    until = NOW + LEASE

    assert tx.rule_runs.take_lease("leader", "two", NOW, until, gone="another") is None
    second = tx.rule_runs.take_lease("leader", "two", NOW, until, gone="one")
    assert first is not None
    assert second is not None
    assert second > first
    assert take(tx, "one", seconds=1) is None


def test_every_new_owner_has_a_higher_epoch_whatever_the_lease(tx: SqlTransaction) -> None:
    epochs = [
        take(tx, "one"),
        take(tx, "one", name="box-2"),
        take(tx, "two", seconds=30),
        take(tx, "one", seconds=60),
    ]
    known = [epoch for epoch in epochs if epoch is not None]
    assert len(known) == 4
    assert known == sorted(set(known))


def test_work_under_a_lease_that_another_took_over_is_refused(tx: SqlTransaction) -> None:
    first = take(tx, "one")
    assert first is not None
    tx.rule_runs.require_lease(first)
    take(tx, "two", seconds=40)
    with pytest.raises(FencedError):
        tx.rule_runs.require_lease(first)
