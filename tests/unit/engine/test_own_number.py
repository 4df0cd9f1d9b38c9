"""A number that one rule's calls and letters name; what is on the air is heard on it first."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from ivr.store.tables.calls import calls
from tests.unit.engine.conftest import Engine
from tests.unit.engine.scripted import HEARD, keys
from tests.unit.engine.test_prepare_reception import announcing
from tests.unit.engine.toll_free import (
    HOTLINE,
    PROVED,
    TOLL_FREE,
    calls_in,
    has_another_matter,
    owes,
    the_alerts,
    the_outcomes,
)

OF_THE_RULE = replace(TOLL_FREE, rules={HOTLINE: "payment-overdue"})


async def test_what_is_answered_on_a_rules_number_is_about_that_rules_matter(engine: Engine) -> None:
    await owes(engine)
    await has_another_matter(engine, rule="something-else", priority=60)
    [urgent, of_the_rule] = await the_alerts(engine)
    assert (urgent.rule, of_the_rule.rule) == ("something-else", "payment-overdue")
    await calls_in(engine, *PROVED, HEARD, HEARD, *keys("4"), HEARD, reception=OF_THE_RULE)
    [outcome] = await the_outcomes(engine)
    assert outcome.alert_id == of_the_rule.id
    assert [alert.id for alert in await the_alerts(engine)] == [urgent.id]


async def test_the_call_is_written_down_for_the_rule(engine: Engine) -> None:
    await calls_in(engine, HEARD, reception=OF_THE_RULE)
    rows = await engine.store.read(lambda tx: tx.connection.execute(sa.select(calls.c.rule)).scalars().all())
    assert rows == ["payment-overdue"]


async def test_the_bulletin_comes_before_the_greeting(engine: Engine) -> None:
    engine.contents.go_live(announcing(engine))
    call = await calls_in(engine, HEARD, HEARD)
    assert call.said[:2] == ["The storm closed us.", "Thank you for calling Sample Bank."]
