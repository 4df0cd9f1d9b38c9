"""PINs are kept as hashes, and tries to prove to be somebody are counted, over all calls."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta

from ivr.engine.ports import Transaction
from ivr.store.sql_store import SqlStore, open_store
from ivr.store.transaction import SqlTransaction
from tests.contract.samples import NOW, record

DAY = timedelta(days=1)
MOST = 3


def begin(tx: Transaction, at: datetime = NOW, customer_id: str = "c1") -> int | None:
    return tx.factors.begin_try(customer_id, at, at - DAY, MOST)


def test_what_a_customer_knows_comes_back_as_it_was_put(tx: SqlTransaction) -> None:
    plain = record(1)
    customer = replace(plain.customer, birth_date=date(1985, 7, 31), postcode="20001-1234")
    accounts = [replace(plain.accounts[0], ending="7812")]
    tx.customers.put(replace(plain, customer=customer, accounts=accounts))
    assert tx.customers.customer("c1") == customer
    assert tx.customers.account("a1") == accounts[0]


def test_a_pin_is_replaced_and_outlives_the_next_import(tx: SqlTransaction) -> None:
    tx.customers.put(record(1))
    assert tx.factors.pin_hash("c1") is None
    tx.factors.set_pin("c1", "first", NOW)
    tx.factors.set_pin("c1", "second", NOW + DAY)
    tx.customers.put(record(1))
    assert tx.factors.pin_hash("c1") == "second"


def test_tries_are_counted_up_to_the_most_and_then_refused(tx: SqlTransaction) -> None:
    tx.customers.put(record(1))
    tx.customers.put(record(2))
    assert [begin(tx) for _ in range(MOST + 2)] == [1, 2, 3, None, None]
    assert begin(tx, customer_id="c2") == 1, "another customer's tries are their own"


def test_a_refusal_lasts_until_a_try_has_left_the_window(tx: SqlTransaction) -> None:
    tx.customers.put(record(1))
    hour = timedelta(hours=1)
    for n in range(MOST):
        begin(tx, NOW + n * hour)
    assert begin(tx, NOW + DAY - timedelta(seconds=1)) is None
    assert begin(tx, NOW + DAY) == MOST, "the first has left"
    assert begin(tx, NOW + DAY) is None


def test_who_has_proved_to_be_them_begins_anew(tx: SqlTransaction) -> None:
    tx.customers.put(record(1))
    for _ in range(MOST):
        begin(tx)
    tx.factors.tries_forgiven("c1")
    assert begin(tx) == 1


async def test_no_more_are_let_in_by_calls_at_the_same_moment(store: SqlStore, database_url: str) -> None:
    await store.write(lambda tx: tx.customers.put(record(1)))
    async with open_store(database_url) as second:
        tries = (each.write(begin) for each in (store, second) * 6)
        counted = await asyncio.gather(*tries)
    assert sorted(n for n in counted if n is not None) == [1, 2, 3]


async def test_a_lock_outlives_the_engine(store: SqlStore, database_url: str) -> None:
    await store.write(lambda tx: tx.customers.put(record(1)))
    for _ in range(MOST):
        await store.write(begin)
    await store.close()
    async with open_store(database_url) as later:
        assert await later.write(begin) is None
