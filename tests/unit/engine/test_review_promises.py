"""Kept or broken is told from the account, once, and a broken promise can make a rule call."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from ivr.accounts.account_event import AccountEventKind
from ivr.accounts.promise import PartState, PromiseState
from ivr.alerts.alert import Alert
from ivr.engine.content import Contents
from ivr.engine.review_promises import Reviewed, review_promises
from ivr.engine.scan_rule import scan_rule
from ivr.outcomes.response import Response
from ivr.rules.rule import Rule
from tests.contract.samples import record, usd
from tests.unit.engine.conftest import Engine
from tests.unit.engine.test_heed_responses import account, promise, says

BROKEN = AccountEventKind.PROMISE_BROKEN
DAY_AFTER_GRACE = datetime(2026, 3, 11, 4, tzinfo=UTC)
"""When a promise for 9 March is looked into: a day after its end."""


async def a_week_s_promise(engine: Engine, **details: Any) -> None:
    """Let 123.45 USD be promised by 9 March, and the time for it pass."""
    await says(engine, Response.PROMISED, **({"within_days": 7} | details))
    engine.clock.now = DAY_AFTER_GRACE


async def reviewed(engine: Engine) -> Reviewed:
    return await review_promises(engine.world, engine.contents)


async def pays(engine: Engine, minor: int) -> None:
    await engine.store.write(
        lambda tx: tx.customers.apply_payment("a1", usd(minor), f"paid {minor}", engine.clock())
    )


async def test_before_its_time_a_promise_is_left_alone(engine: Engine) -> None:
    await a_week_s_promise(engine)
    engine.clock.advance(seconds=-1)
    assert await reviewed(engine) == Reviewed(0, 0)
    assert (await promise(engine)).state is PromiseState.OPEN


async def test_a_promise_is_kept_when_it_was_paid_through_us(engine: Engine) -> None:
    await a_week_s_promise(engine, amount_minor=5_000, currency="USD")
    await pays(engine, 5_000)
    assert await reviewed(engine) == Reviewed(1, 0)
    assert (await promise(engine)).state is PromiseState.KEPT
    assert (await account(engine)).events == {}


async def test_a_promise_is_kept_when_the_account_shows_that_it_was_paid_elsewhere(engine: Engine) -> None:
    await a_week_s_promise(engine)
    [brought] = record(1).accounts
    settled = replace(record(1), accounts=[replace(brought, amount_due=usd(0))])
    await engine.store.write(lambda tx: tx.customers.put(settled))
    assert await reviewed(engine) == Reviewed(1, 0)


async def test_a_promise_that_was_not_paid_in_full_is_broken_and_that_is_an_event(engine: Engine) -> None:
    await a_week_s_promise(engine)
    await pays(engine, 12_344)
    assert await reviewed(engine) == Reviewed(0, 1)
    assert (await promise(engine)).state is PromiseState.BROKEN
    assert (await account(engine)).events == {BROKEN: date(2026, 3, 11)}


async def test_a_second_review_changes_nothing(engine: Engine) -> None:
    await a_week_s_promise(engine)
    await reviewed(engine)
    engine.clock.advance(days=3)
    assert await reviewed(engine) == Reviewed(0, 0)
    assert (await account(engine)).events == {BROKEN: date(2026, 3, 11)}


async def test_of_a_promise_in_parts_each_part_is_judged_in_its_time(engine: Engine) -> None:
    await a_week_s_promise(engine, parts=2, every="week")
    await pays(engine, 6_173)
    assert await reviewed(engine) == Reviewed(1, 0)
    assert (await promise(engine)).state is PromiseState.OPEN
    engine.clock.advance(days=7)
    assert await reviewed(engine) == Reviewed(0, 1)
    made = await promise(engine)
    assert [part.state for part in made.parts] == [PartState.KEPT, PartState.BROKEN]


BROKEN_PROMISE = {
    "name": "promise-broken",
    "title": "Promise not kept",
    "topic": "payments",
    "when": {
        "all": [
            {"field": "promise.state", "equals": "broken"},
            {"field": "account.amount_due", "more_than": 0},
        ]
    },
    "dedupe": "{account.id}/{event.promise_broken}",
    "schedule": {"every": "5m"},
    "plan": [{"medium": "voice", "flow": "payment-overdue"}],
    "retry": "standard",
    "hours": "us-standard",
}


async def found_by_the_rule(engine: Engine) -> list[Alert]:
    """Let a rule about broken promises look; return the alerts that are open."""
    rule, live = Rule.model_validate(BROKEN_PROMISE), engine.contents.live
    rules = {**live.book.rules, rule.name: rule}
    engine.contents = Contents(replace(live, book=replace(live.book, rules=rules)))
    await scan_rule(engine.world, engine.contents, rule, engine.clock())
    return list(await engine.store.read(lambda tx: tx.alerts.open_alerts("promise-broken")))


async def test_a_rule_about_broken_promises_makes_an_alert_of_it_once(engine: Engine) -> None:
    await a_week_s_promise(engine)
    assert await found_by_the_rule(engine) == []
    await reviewed(engine)
    engine.clock.advance(minutes=5)
    [alert] = await found_by_the_rule(engine)
    assert alert.dedupe_key == "promise-broken:a1/2026-03-11"
    assert alert.facts["reason"] == "the last promise is broken; the amount due is 123.45 USD, more than 0"
    engine.clock.advance(minutes=5)
    assert await found_by_the_rule(engine) == [alert]
