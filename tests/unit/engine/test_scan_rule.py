"""A rule's tick makes one alert of each matter, whatever else happens."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from ivr.attempts.attempt import AttemptState
from ivr.engine.scan_rule import CHUNK, Scanned, scan_rule
from tests.contract.samples import record
from tests.unit.engine.conftest import Engine


async def test_every_account_that_matches_becomes_an_alert_with_a_first_attempt_that_is_due(
    engine: Engine,
) -> None:
    attempts = await engine.find(1, 2, 3)
    assert sorted(attempt.customer_id for attempt in attempts) == ["c1", "c2", "c3"]
    assert {(attempt.attempt_no, attempt.due_at) for attempt in attempts} == {(1, engine.clock())}
    alerts = await engine.store.read(lambda tx: tx.alerts.open_alerts())
    assert {alert.account_id for alert in alerts} == {"a1", "a2", "a3"}


async def test_a_tick_that_was_worked_before_changes_nothing(engine: Engine) -> None:
    await engine.find(1)
    rule = engine.contents.live.book.rules["payment-overdue"]
    assert await scan_rule(engine.world, engine.contents, rule, engine.clock()) == Scanned(0, 0)


async def test_a_matter_is_taken_once_by_however_many_ticks(engine: Engine) -> None:
    await engine.store.write(lambda tx: tx.customers.put(record(1)))
    rule = engine.contents.live.book.rules["payment-overdue"]
    moments = [engine.clock() + timedelta(seconds=n) for n in range(5)]
    ticks = [scan_rule(engine.world, engine.contents, rule, moment) for moment in moments]
    scanned = await asyncio.gather(*ticks)
    assert [each.matched for each in scanned] == [1] * 5
    assert sum(each.alerts for each in scanned) == 1
    assert len(await engine.attempts()) == 1


async def test_more_matches_than_one_transaction_takes_are_all_taken(engine: Engine) -> None:
    await engine.find(*range(1, CHUNK + 3))
    assert len(await engine.attempts(AttemptState.READY)) == CHUNK + 2


async def test_an_account_that_owes_nothing_any_more_makes_no_alert(engine: Engine) -> None:
    await engine.store.write(lambda tx: tx.customers.put(record(1)))
    account = record(1).accounts[0]
    await engine.store.write(
        lambda tx: tx.customers.apply_payment("a1", account.amount_due, "paid elsewhere", engine.clock())
    )
    assert await engine.find() == []
