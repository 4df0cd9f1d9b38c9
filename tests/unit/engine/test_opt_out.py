"""A word to be left alone covers the person and the number, each on its own."""

from __future__ import annotations

import pytest

from ivr.engine.opt_out import opt_out
from tests.contract.samples import record
from tests.unit.engine.conftest import Engine


@pytest.mark.parametrize(
    ("customer_id", "address"),
    [
        pytest.param("c1", "+12025559999", id="the person, on any number"),
        pytest.param("c9", "+12025550001", id="the number, whoever holds it"),
    ],
)
async def test_either_alone_stops_a_call(engine: Engine, customer_id: str, address: str) -> None:
    facts = await engine.found_and_claimed()
    await engine.store.write(
        lambda tx: opt_out(tx, customer_id, address, "payments", "keypad", engine.clock())
    )
    [again] = await engine.store.read(lambda tx: tx.attempts.eligibility([facts.attempt.id], engine.clock()))
    assert [each.covers("payments") for each in again.suppressions] == [True]


async def test_it_outlives_a_new_import_of_the_customer(engine: Engine) -> None:
    facts = await engine.found_and_claimed()
    number = facts.attempt.address
    await engine.store.write(lambda tx: opt_out(tx, "c1", number, None, "keypad", engine.clock()))
    await engine.store.write(lambda tx: tx.customers.put(record(1)))
    [again] = await engine.store.read(lambda tx: tx.attempts.eligibility([facts.attempt.id], engine.clock()))
    assert len(again.suppressions) == 2
