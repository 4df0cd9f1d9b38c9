"""What rests because the customer called says so when somebody asks why."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ivr.attempts.eligibility.ask import Policies
from ivr.engine.explain_customer import explain_customer
from ivr.engine.let_rest import Rest, let_rest
from ivr.store.why_facts import SqlWhyFacts
from ivr.why.explanation import AttemptTold
from tests.unit.engine.conftest import LINE, Engine

REST = timedelta(days=1)


async def told(engine: Engine) -> AttemptTold:
    """Return the try of the only alert, as it is explained."""
    live = engine.contents.live
    policies = Policies(live.book, live.time_zone, LINE.permission(is_live=False))
    why = await explain_customer(SqlWhyFacts(engine.store), policies, "c1", engine.clock())
    assert why is not None
    [attempt] = [
        attempt for rule in why.accounts[0].rules for alert in rule.alerts for attempt in alert.attempts
    ]
    return attempt


async def rests(engine: Engine, alert_id: str, rest: Rest, until: timedelta = REST) -> None:
    now = engine.clock()
    await engine.store.write(lambda tx: let_rest(tx, alert_id, now + until, rest, now))


@pytest.mark.parametrize("rest", Rest)
async def test_the_reason_is_kept_and_told(engine: Engine, rest: Rest) -> None:
    [attempt] = await engine.find(1)
    await rests(engine, attempt.alert_id, rest)
    waiting = (await told(engine)).waiting
    assert waiting is not None
    assert ((waiting.reason, waiting.sentence), waiting.until) == (rest.value, engine.clock() + REST)


async def test_what_comes_later_anyhow_waits_for_what_it_waited_for(engine: Engine) -> None:
    [attempt] = await engine.find(1)
    await rests(engine, attempt.alert_id, Rest.RETURNED_CALL)
    await rests(engine, attempt.alert_id, Rest.TALKING, timedelta(minutes=15))
    found = await told(engine)
    assert found.waiting is not None
    assert found.waiting.reason == "returned_call"
    assert [each.reason for each in found.decisions] == ["returned_call"]


async def test_where_nothing_waits_nothing_is_kept(engine: Engine) -> None:
    facts = await engine.found_and_claimed()
    await rests(engine, facts.alert.id, Rest.RETURNED_CALL)
    assert (await told(engine)).decisions == ()
