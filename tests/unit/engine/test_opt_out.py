"""A word to be left alone covers the person and the number, each on its own."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from ivr.engine.content import Contents
from ivr.engine.opt_out import opt_out
from ivr.store.tables.customers import suppressions
from tests.contract.samples import record, rule_when
from tests.unit.engine.conftest import Engine
from tests.unit.engine.scripted import HEARD, keys
from tests.unit.engine.toll_free import MARIAS, PROVED, calls_in, maria


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


async def suppressed(engine: Engine) -> set[tuple[str | None, str | None, str | None]]:
    chosen = sa.select(suppressions.c.customer_id, suppressions.c.address, suppressions.c.topic)
    return {tuple(row) for row in await engine.store.read(lambda tx: tx.connection.execute(chosen).all())}


async def test_where_no_matter_is_open_the_key_among_preferences_stops_all_calls_and_says_so(
    engine: Engine,
) -> None:
    await engine.store.write(lambda tx: tx.customers.put(maria()))
    call = await calls_in(engine, *PROVED, HEARD, HEARD, *keys("6"), HEARD, *keys("9"), HEARD, HEARD)
    assert "We will not call this number any more." in call.said
    assert await suppressed(engine) == {("c1", None, None), (None, MARIAS, None)}


async def test_what_is_said_of_one_alert_among_preferences_stops_no_other(engine: Engine) -> None:
    live = engine.contents.live
    rule = rule_when(
        {"field": "account.balance", "less_than": "800 USD"},
        name="low-balance",
        customer_may={"named": {"en": "Low balance"}, "off": True},
        dedupe="{account.id}",
    )
    book = replace(live.book, rules={**live.book.rules, "low-balance": rule})
    engine.contents = Contents(replace(live, book=book))
    await engine.store.write(lambda tx: tx.customers.put(maria()))
    to_alerts = (*PROVED, HEARD, HEARD, *keys("6"), HEARD, *keys("6"), HEARD)
    call = await calls_in(engine, *to_alerts, *keys("9"), HEARD, *keys("2"), HEARD)
    assert any(said.startswith("Low balance") for said in call.said)
    assert await suppressed(engine) == set()
    chosen = await engine.store.read(lambda tx: tx.alert_choices.of(["c1"]))
    assert chosen["c1"]["low-balance"].wanted is False
