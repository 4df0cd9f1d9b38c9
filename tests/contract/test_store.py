"""What SqlStore promises of write and read, on both databases."""

from __future__ import annotations

import asyncio
import threading
from datetime import datetime, timedelta, timezone
from functools import partial

import pytest
import sqlalchemy as sa

from ivr.accounts.suppression import Suppression
from ivr.engine.ports import Store, Transaction
from ivr.errors import StoreError
from ivr.store.sql_store import SqlStore, open_store
from ivr.store.tables.customers import customers
from ivr.store.transaction import SqlTransaction
from tests.contract.samples import NOW, add_due_attempt, alert, record


def put(number: int, tx: Transaction) -> None:
    tx.customers.put(record(number))


def names(tx: SqlTransaction) -> set[str]:
    return set(tx.connection.execute(sa.select(customers.c.id)).scalars())


async def test_it_fills_the_port(store: SqlStore) -> None:
    port: Store = store
    assert await port.read(lambda tx: tx.customers.customer("c1")) is None


async def test_what_was_written_is_read_back_by_another_connection(store: SqlStore) -> None:
    await store.write(lambda tx: tx.customers.put(record(1)))
    assert await store.read(lambda tx: tx.customers.customer("c1")) == record(1).customer


async def test_what_was_written_outlives_the_store(database_url: str) -> None:
    async with open_store(database_url) as first:
        await first.write(lambda tx: tx.customers.put(record(1)))
    async with open_store(database_url) as second:
        assert await second.read(names) == {"c1"}


async def test_work_that_raises_takes_nothing_of_the_others_with_it(store: SqlStore) -> None:
    def work(number: int, tx: Transaction) -> int:
        tx.customers.put(record(number))
        if number % 3 == 0:
            raise KeyError(number)
        return number

    tasks = [store.write(partial(work, number)) for number in range(1, 31)]
    results = await asyncio.gather(*tasks, return_exceptions=True)
    good = {number for number in range(1, 31) if number % 3}
    assert {result for result in results if isinstance(result, int)} == good
    assert [type(result) for result in results if not isinstance(result, int)] == [KeyError] * 10
    assert await store.read(names) == {f"c{number}" for number in good}


async def test_an_exception_that_is_no_error_reaches_only_its_caller(store: SqlStore) -> None:
    def leave(tx: Transaction) -> None:
        tx.customers.put(record(1))
        raise GeneratorExit

    with pytest.raises(GeneratorExit):
        await store.write(leave)
    await store.write(lambda tx: tx.customers.put(record(2)))
    assert await store.read(names) == {"c2"}


async def test_a_read_can_not_write(store: SqlStore) -> None:
    with pytest.raises(StoreError, match=r"(?i)read-?only"):
        await store.read(lambda tx: tx.customers.put(record(1)))
    assert await store.read(names) == set()


async def test_a_refusal_of_the_database_tells_no_values(store: SqlStore) -> None:
    with pytest.raises(StoreError) as refused:
        await store.write(lambda tx: tx.alerts.add(alert(7)))
    assert "alert7" not in str(refused.value)
    assert "foreign key" in str(refused.value).lower()


async def test_a_naive_moment_is_refused(store: SqlStore) -> None:
    naive = Suppression("c1", None, None, NOW.replace(tzinfo=None), "keypad")
    with pytest.raises(StoreError, match="has no time zone"):
        await store.write(lambda tx: tx.customers.add_suppression(naive))


async def test_every_moment_comes_back_aware_and_in_utc(store: SqlStore) -> None:
    elsewhere = NOW.astimezone(timezone(timedelta(hours=5, minutes=30)))
    attempt_id = await store.write(lambda tx: add_due_attempt(tx, 1))
    due_at: datetime = (await store.read(lambda tx: tx.attempts.get(attempt_id))).due_at
    assert due_at == elsewhere
    assert due_at.utcoffset() == timedelta(0)


async def test_a_cancelled_caller_leaves_only_when_its_work_is_on_disk(store: SqlStore) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(tx: Transaction) -> None:
        begun.set()
        assert go_on.wait(10)
        tx.customers.put(record(1))

    task = asyncio.create_task(store.write(slow))
    await asyncio.to_thread(begun.wait, 10)
    task.cancel()
    await asyncio.sleep(0)
    assert not task.done()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await store.read(names) == {"c1"}


async def test_closing_finishes_what_was_handed_in(database_url: str) -> None:
    async with open_store(database_url) as store:
        tasks = [asyncio.create_task(store.write(partial(put, number))) for number in range(20)]
        await asyncio.sleep(0)
    await asyncio.gather(*tasks)
    async with open_store(database_url) as again:
        assert len(await again.read(names)) == 20


async def test_a_closed_store_says_so(database_url: str) -> None:
    async with open_store(database_url) as store:
        pass
    with pytest.raises(StoreError, match="closed"):
        await store.write(lambda tx: tx.customers.put(record(1)))
