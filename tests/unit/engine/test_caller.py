"""Whom a number is taken for."""

from functools import partial

import pytest

from ivr.engine.caller import find_caller
from ivr.engine.ports import Transaction
from ivr.flows.on_the_line import Party
from ivr.phone_number import PhoneNumber
from tests.contract.samples import record
from tests.unit.engine.conftest import Engine

NUMBER = PhoneNumber("+12025550001")


def put(number: int, tx: Transaction) -> None:
    tx.customers.put(record(number, address=NUMBER))


async def test_the_one_customer_who_has_the_number_is_found(engine: Engine) -> None:
    await engine.store.write(partial(put, 1))
    caller = await engine.store.read(lambda tx: find_caller(tx, NUMBER))
    assert caller.customer is not None
    assert caller.party is not None
    assert caller.party == Party("c1"), "which account, and what it is about, nobody knows"


@pytest.mark.parametrize("holders", [0, 2])
async def test_a_number_of_nobody_or_of_several_tells_nothing(engine: Engine, holders: int) -> None:
    for number in range(holders):
        await engine.store.write(partial(put, number))
    caller = await engine.store.read(lambda tx: find_caller(tx, NUMBER))
    assert (caller.number, caller.customer, caller.party) == (NUMBER, None, None)


async def test_who_withholds_the_number_is_nobody_to_us(engine: Engine) -> None:
    caller = await engine.store.read(lambda tx: find_caller(tx, None))
    assert (caller.number, caller.party) == (None, None)
