"""The next attempt is written where the plan has one, else the alert ends."""

from __future__ import annotations

from dataclasses import replace

from tests.contract.samples import record
from tests.unit.engine.conftest import Engine


async def test_a_customer_without_a_number_exhausts_the_plan_at_once(engine: Engine) -> None:
    await engine.store.write(lambda tx: tx.customers.put(replace(record(1), contact_points=[])))
    assert await engine.find() == []
    assert await engine.store.read(lambda tx: tx.alerts.open_alerts()) == []


async def test_the_first_attempt_goes_to_the_first_number(engine: Engine) -> None:
    [first] = record(1).contact_points
    second = replace(first, id="p1b", address="+12025550199", rank=2)
    await engine.store.write(lambda tx: tx.customers.put(replace(record(1), contact_points=[second, first])))
    [attempt] = await engine.find()
    assert (attempt.contact_point_id, attempt.address) == (first.id, first.address)
