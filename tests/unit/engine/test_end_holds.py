"""When a hold is over, what it ended goes on if it is still true."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from ivr.attempts.attempt import AttemptState
from ivr.engine.content import Contents
from ivr.engine.end_holds import end_holds
from ivr.outcomes.response import Response
from tests.contract.samples import usd
from tests.unit.engine.conftest import Engine
from tests.unit.engine.test_heed_responses import holds, says

REST = timedelta(days=5)


async def ended(engine: Engine) -> int:
    return await end_holds(engine.world, engine.contents)


async def test_while_the_rest_lasts_nothing_goes_on(engine: Engine) -> None:
    attempt = await says(engine, Response.ALREADY_PAID)
    engine.clock.now += REST - timedelta(seconds=1)
    assert await ended(engine) == 0
    assert await engine.alert_state(attempt.alert_id) == "settled"


async def test_a_payment_that_did_not_come_is_called_about_again_in_a_new_run_of_the_plan(
    engine: Engine,
) -> None:
    attempt = await says(engine, Response.ALREADY_PAID)
    engine.clock.now += REST
    assert await ended(engine) == 1
    assert await ended(engine) == 0
    [again] = await engine.attempts(AttemptState.READY)
    assert (again.alert_id, again.cycle, again.attempt_no) == (attempt.alert_id, 2, 1)
    alert = await engine.store.read(lambda tx: tx.alerts.get(attempt.alert_id))
    assert alert.expires_at == engine.clock() + timedelta(days=14)
    assert await holds(engine) == []


async def test_a_payment_that_came_ends_it_for_good(engine: Engine) -> None:
    attempt = await says(engine, Response.ALREADY_PAID)
    await engine.store.write(lambda tx: tx.customers.apply_payment("a1", usd(12_345), "k", engine.clock()))
    engine.clock.now += REST
    assert await ended(engine) == 0
    assert await engine.alert_state(attempt.alert_id) == "settled"


async def test_a_dispute_lasts_until_somebody_lifts_it(engine: Engine) -> None:
    attempt = await says(engine, Response.DISPUTED)
    engine.clock.advance(days=300)
    assert await ended(engine) == 0
    [hold] = await holds(engine)
    await engine.store.write(lambda tx: tx.holds.lift(hold.id, "ada", engine.clock()))
    assert await ended(engine) == 1
    assert await engine.alert_state(attempt.alert_id) == "open"


async def test_who_wanted_no_contact_is_not_called_again_when_that_is_lifted(engine: Engine) -> None:
    attempt = await says(engine, Response.STOP_CONTACT)
    [hold] = await holds(engine)
    await engine.store.write(lambda tx: tx.holds.lift(hold.id, "ada", engine.clock()))
    assert await ended(engine) == 0
    assert await engine.alert_state(attempt.alert_id) == "settled"


async def test_without_its_rule_nothing_goes_on(engine: Engine) -> None:
    await says(engine, Response.ALREADY_PAID)
    live = engine.contents.live
    engine.contents = Contents(replace(live, book=replace(live.book, rules={})))
    engine.clock.now += REST
    assert await ended(engine) == 0
    assert await holds(engine) == []
