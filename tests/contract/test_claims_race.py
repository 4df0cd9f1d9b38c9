"""Whoever claims at the same time: nobody gets what another one has, nobody is rung twice at once."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Sequence
from functools import partial

from ivr.attempts.attempt import Attempt, AttemptState
from ivr.engine.ports import Transaction
from ivr.store.sql_store import SqlStore, open_store
from tests.contract.samples import (
    LEASE,
    NOW,
    add_due_attempt,
    add_due_attempts,
    alert,
    claim,
    new_attempt,
    record,
    take_epoch,
)

ATTEMPTS = 60


async def test_concurrent_claimers_never_share_an_attempt(store: SqlStore, database_url: str) -> None:
    await store.write(lambda tx: add_due_attempts(tx, range(ATTEMPTS)))

    async def claim_all(claimer: SqlStore, name: str, limit: int) -> Sequence[Attempt]:
        epoch = await claimer.write(lambda tx: take_epoch(tx, name, name=name))
        got: list[Attempt] = []
        while some := await claimer.write(lambda tx: claim(tx, epoch, limit, name)):
            got += some
        return got

    # A second store is what a second engine process would be.
    async with open_store(database_url) as second:
        stores = [store, second] * 4
        shares = await asyncio.gather(
            *(claim_all(claimer, f"owner{n}", n % 3 + 1) for n, claimer in enumerate(stores))
        )
    times = Counter(attempt.id for share in shares for attempt in share)
    assert set(times.values()) == {1}
    assert len(times) == ATTEMPTS
    for n, share in enumerate(shares):
        assert {attempt.owner for attempt in share} <= {f"owner{n}"}


async def test_concurrent_placings_ring_a_customer_once(store: SqlStore) -> None:
    def prepare(tx: Transaction) -> tuple[int, list[str]]:
        tx.customers.put(record(1))
        ids = []
        for n in range(8):
            tx.alerts.add(alert(1, key=str(n)))
            ids.append(tx.attempts.add(new_attempt(1, key=str(n))) or "")
        epoch = take_epoch(tx)
        claim(tx, epoch)
        return epoch, ids

    epoch, ids = await store.write(prepare)

    def place(attempt_id: str, tx: Transaction) -> bool:
        return tx.attempts.placing(attempt_id, epoch, NOW)

    placed = await asyncio.gather(*(store.write(partial(place, attempt_id)) for attempt_id in ids))
    assert sorted(placed) == [False] * 7 + [True]
    live = await store.read(lambda tx: tx.attempts.in_states([AttemptState.PLACING]))
    assert len(live) == 1


async def test_a_lease_has_one_owner_however_many_ask(store: SqlStore) -> None:
    def ask(owner: str, tx: Transaction) -> int | None:
        return tx.rule_runs.take_lease("leader", owner, NOW, NOW.replace(hour=23))

    epochs = await asyncio.gather(*(store.write(partial(ask, f"owner{n}")) for n in range(8)))
    assert len([epoch for epoch in epochs if epoch is not None]) == 1


async def test_a_tick_is_worked_once_however_many_try(store: SqlStore) -> None:
    began = await asyncio.gather(
        *(store.write(lambda tx: tx.rule_runs.begin("payment-overdue", NOW, NOW)) for _ in range(8))
    )
    assert sorted(began) == [False] * 7 + [True]


async def test_one_matter_makes_one_alert_however_many_add_it(store: SqlStore) -> None:
    await store.write(lambda tx: tx.customers.put(record(1)))
    added = await asyncio.gather(*(store.write(lambda tx: tx.alerts.add(alert(1))) for _ in range(8)))
    assert sorted(added) == [False] * 7 + [True]


async def test_an_attempt_is_added_once_however_many_plan_it(store: SqlStore) -> None:
    await store.write(lambda tx: add_due_attempt(tx, 1))
    plan = new_attempt(1, attempt_no=2)
    added = await asyncio.gather(*(store.write(lambda tx: tx.attempts.add(plan)) for _ in range(8)))
    assert len([attempt_id for attempt_id in added if attempt_id is not None]) == 1


async def test_a_new_owner_s_take_over_sees_what_the_old_one_was_about_to_place(store: SqlStore) -> None:
    def prepare(tx: Transaction) -> tuple[str, int]:
        attempt_id, epoch = add_due_attempt(tx, 1), take_epoch(tx, "old")
        claim(tx, epoch, owner="old")
        return attempt_id, epoch

    attempt_id, old = await store.write(prepare)
    placed_but_not_committed, commit = threading.Event(), threading.Event()

    def place_slowly(tx: Transaction) -> bool:
        placed = tx.attempts.placing(attempt_id, old, NOW)
        placed_but_not_committed.set()
        assert commit.wait(10)
        return placed

    def succeed(tx: Transaction) -> Sequence[Attempt]:
        return tx.attempts.take_over("new", take_epoch(tx, "new", at=NOW + LEASE))

    placing = asyncio.create_task(store.write(place_slowly))
    await asyncio.to_thread(placed_but_not_committed.wait, 10)
    # A new owner waits for the old one's commit.
    succession = asyncio.create_task(store.write(succeed))
    await asyncio.sleep(0.1)
    assert not succession.done()
    commit.set()
    assert await placing
    assert [attempt.id for attempt in await succession] == [attempt_id]
