"""A no at the claim is kept with its reason and acted on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ivr.attempts.attempt import AttemptState
from ivr.calls.call_result import CallResult
from ivr.engine.check_eligibility import check_at_claim
from ivr.engine.place_call import place_call, prepare_call
from ivr.money import Money
from tests.contract.samples import record
from tests.unit.engine.conftest import EASTERN, LINE, Engine
from tests.unit.engine.scripted import ScriptedCall, report


async def check(engine: Engine) -> bool:
    """Claim the due attempt and ask all stages."""
    facts = await engine.claim()
    epoch, now = engine.world.owner.epoch, engine.clock()
    return await engine.store.write(lambda tx: check_at_claim(tx, engine.contents, LINE, facts, epoch, now))


async def test_a_yes_leaves_the_attempt_claimed(engine: Engine) -> None:
    [attempt] = await engine.find(1)
    assert await check(engine)
    assert (await engine.attempt(attempt.id)).state is AttemptState.CLAIMED


async def test_who_has_paid_in_the_meantime_is_not_called(engine: Engine) -> None:
    [attempt] = await engine.find(1)
    paid = replace(record(1), accounts=[replace(record(1).accounts[0], amount_due=Money(0, "USD"))])
    await engine.store.write(lambda tx: tx.customers.put(paid))
    assert not await check(engine)
    assert (await engine.attempt(attempt.id)).result == "cause_gone"
    assert await engine.alert_state(attempt.alert_id) == "cleared"


async def test_a_weekday_is_that_of_the_customer_and_not_that_of_utc(engine: Engine) -> None:
    """9 p.m. on a Monday in New York is Tuesday in UTC: closed, until 8 a.m. on the New York Tuesday."""
    [attempt] = await engine.find(1)
    engine.clock.now = datetime(2026, 3, 2, 21, 30, tzinfo=EASTERN)
    assert not await check(engine)
    again = await engine.attempt(attempt.id)
    assert (again.state, again.due_at) == ("ready", datetime(2026, 3, 3, 8, 0, tzinfo=EASTERN))


@pytest.mark.parametrize("hour", range(24))
@pytest.mark.parametrize("zone", ["America/New_York", "America/Los_Angeles", "Pacific/Honolulu"])
async def test_at_every_hour_a_call_is_made_from_8_to_21_in_every_zone_or_put_off_to_such_a_time(
    engine: Engine, hour: int, zone: str
) -> None:
    travelling = replace(record(1), customer=replace(record(1).customer, time_zone=zone))
    [attempt] = await engine.find(1)
    await engine.store.write(lambda tx: tx.customers.put(travelling))
    engine.clock.now = datetime(2026, 3, 3, hour, 30, tzinfo=UTC)
    moment = engine.clock() if await check(engine) else (await engine.attempt(attempt.id)).due_at
    for place in (zone, "America/New_York"):
        assert 8 <= moment.astimezone(ZoneInfo(place)).hour < 21


async def test_an_unknown_time_zone_fails_closed(engine: Engine) -> None:
    lost = replace(record(1), customer=replace(record(1).customer, time_zone="Mars/Olympus"))
    [attempt] = await engine.find(1)
    await engine.store.write(lambda tx: tx.customers.put(lost))
    assert not await check(engine)
    assert (await engine.attempt(attempt.id)).due_at == engine.clock() + timedelta(days=1)


async def test_a_cap_counts_the_calls_and_says_when_there_is_room_again(engine: Engine) -> None:
    [first] = await engine.find(1)
    facts = await engine.claim()
    engine.telephony.answers = [ScriptedCall(first.id, report(first.id, engine.clock(), CallResult.BUSY))]
    session = await prepare_call(engine.world, engine.contents, facts)
    await place_call(engine.world, engine.contents, facts, session, LINE)
    called_at = engine.clock() - timedelta(seconds=10)
    engine.clock.advance(minutes=5)

    assert not await check(engine)

    [again] = await engine.attempts(AttemptState.READY)
    assert again.due_at == called_at + timedelta(hours=1)
