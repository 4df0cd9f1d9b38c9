"""A caller whose matter is no payment hears of none, and settles nothing that they have not heard."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ivr.alerts.alert import Alert
from ivr.flows.events import FlowEvent
from ivr.money import Money
from tests.contract.samples import alert
from tests.unit.engine.conftest import Engine
from tests.unit.engine.scripted import HEARD, ScriptedCall, keys
from tests.unit.engine.toll_free import PROVED, calls_in, maria, the_alerts, the_outcomes


async def has_a_matter(engine: Engine, topic: str, due: int = 0) -> Alert:
    """Give Maria an account of 12.50 with one open alert."""
    someone = maria()
    accounts = [
        replace(each, balance=Money(1250, "USD"), amount_due=Money(due, "USD"), due_on=None)
        for each in someone.accounts
    ]
    matter = replace(
        alert(1),
        topic=topic,
        content_version=engine.contents.live.version,
        reference="123456788",
        created_at=engine.clock(),
        expires_at=engine.clock().replace(year=2027),
    )
    await engine.store.write(lambda tx: tx.customers.put(replace(someone, accounts=accounts)))
    await engine.store.write(lambda tx: tx.alerts.add(matter))
    return matter


async def asks(engine: Engine, *events: FlowEvent | str) -> ScriptedCall:
    """Let Maria call, prove to be herself, hear of her matter, and do something."""
    return await calls_in(engine, *PROVED, HEARD, HEARD, *events)


@pytest.mark.parametrize("topic", ["balance", "orders", "payments"])
async def test_nothing_is_overdue_where_nothing_is_owed(engine: Engine, topic: str) -> None:
    await has_a_matter(engine, topic)
    said = " ".join((await asks(engine, HEARD)).said)
    assert "We have a message for you about your card account." in said
    for never in ("overdue", "was due", "zero dollars", "press 2. To talk to an agent, press 3. If you have"):
        assert never not in said


async def test_who_owes_on_an_account_is_not_told_of_a_payment_where_the_matter_is_another(
    engine: Engine,
) -> None:
    await has_a_matter(engine, "balance", due=4250)
    said = " ".join((await asks(engine, HEARD)).said)
    assert "Its balance is twelve dollars and fifty cents." in said
    assert "overdue" not in said


async def test_what_was_told_is_settled_by_a_key(engine: Engine) -> None:
    await has_a_matter(engine, "balance")
    await asks(engine, *keys("1"), HEARD)
    [outcome] = await the_outcomes(engine)
    assert outcome.responses == [["confirmed", {}]]
    assert await the_alerts(engine) == []


@pytest.mark.parametrize("key", ["1", "2", "4", "5"])
async def test_what_an_agent_has_to_tell_stays_open(engine: Engine, key: str) -> None:
    await has_a_matter(engine, "orders")
    await asks(engine, *keys(key), HEARD)
    assert len(await the_alerts(engine)) == 1


async def test_a_payment_that_is_owed_is_a_payment(engine: Engine) -> None:
    await has_a_matter(engine, "payments", due=4250)
    said = " ".join((await asks(engine, HEARD)).said)
    assert "A payment of forty-two dollars and fifty cents on your card account is overdue." in said
    assert "To promise a payment, press 2." in said
