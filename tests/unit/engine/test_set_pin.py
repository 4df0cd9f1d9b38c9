"""A PIN that was keyed twice is kept as a hash."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ivr.engine.pin_hash import is_pin
from ivr.engine.set_pin import set_pin
from ivr.flows.effects import SetPin
from ivr.flows.on_the_line import Party
from tests.contract.samples import record
from tests.unit.engine.conftest import Engine

MARIA = Party("c1", "a1", "alert", "payments")


@pytest.fixture(autouse=True)
async def _maria(engine: Engine) -> None:
    plain = record(1)
    customer = replace(plain.customer, birth_date=date(1985, 7, 31))
    known = replace(plain, customer=customer, accounts=[replace(plain.accounts[0], ending="7812")])
    await engine.store.write(lambda tx: tx.customers.put(known))


async def keyed(engine: Engine, first: str, second: str) -> str:
    done = await set_pin(engine.world, MARIA, SetPin(5, "new_pin", "new_pin_again"), first, second)
    assert (done.effect_id, done.values) == (5, {})
    return done.result


async def stored(engine: Engine) -> str | None:
    return await engine.store.read(lambda tx: tx.factors.pin_hash("c1"))


async def test_two_entries_alike_are_stored_as_a_hash_that_only_they_fit(engine: Engine) -> None:
    assert await keyed(engine, "7391", "7391") == "done"
    pin_hash = await stored(engine)
    assert pin_hash is not None
    assert pin_hash.startswith("$argon2id$")
    assert await is_pin(pin_hash, "7391")
    assert not await is_pin(pin_hash, "1937")


async def test_the_same_pin_has_another_hash_each_time(engine: Engine) -> None:
    await keyed(engine, "7391", "7391")
    first = await stored(engine)
    await keyed(engine, "7391", "7391")
    assert await stored(engine) != first


@pytest.mark.parametrize(
    ("first", "second", "result"),
    [
        ("7391", "7392", "differ"),
        ("7391", "73911", "differ"),
        ("1234", "1234", "refused"),
        ("0731", "0731", "refused"),
        ("7812", "7812", "refused"),
    ],
)
async def test_what_is_not_taken_leaves_the_old_one(
    engine: Engine, first: str, second: str, result: str
) -> None:
    await keyed(engine, "8264", "8264")
    before = await stored(engine)
    assert await keyed(engine, first, second) == result
    assert await stored(engine) == before
