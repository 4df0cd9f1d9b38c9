"""Customers are taken in, in pieces that nobody has to wait for."""

from __future__ import annotations

from ivr.engine.import_customers import CHUNK, import_customers
from ivr.store.reports import customer_lines
from tests.contract.samples import record
from tests.unit.engine.conftest import Engine


async def test_all_are_in_and_the_progress_was_told(engine: Engine) -> None:
    told: list[int] = []
    records = [record(number) for number in range(1, CHUNK + 6)]
    assert await import_customers(engine.store, records, told.append) == CHUNK + 5
    assert told == [CHUNK, CHUNK + 5]
    assert len(await engine.store.read(customer_lines)) == CHUNK + 5


async def test_a_second_import_changes_nothing(engine: Engine) -> None:
    await import_customers(engine.store, [record(1)])
    before = await engine.store.read(customer_lines)
    await import_customers(engine.store, [record(1)])
    assert await engine.store.read(customer_lines) == before
