"""A call-back is promised for a moment at which it may be made, and for no other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.calls.call_result import CallResult
from ivr.engine.content import Contents
from ivr.engine.request_callback import request_callback
from ivr.flows.effects import RequestCallback
from ivr.flows.fill_in import to_plain
from tests.contract.samples import record
from tests.unit.engine.conftest import Engine, party_of
from tests.unit.engine.scripted import ScriptedCall, report

IN_TWO_ZONES = "+12085550123"
"""Idaho: Mountain and Pacific time."""


async def asked(
    engine: Engine,
    facts: EligibilityFacts,
    minutes: int | None = None,
    at: str | None = None,
    call_id: str | None = None,
) -> tuple[str, object]:
    """Ask for a call-back; return the result and the moment."""
    call_id = call_id or facts.attempt.id
    call = ScriptedCall(call_id, report(call_id, engine.clock(), CallResult.ANSWERED))
    done = await request_callback(engine.host(call, facts), party_of(facts), RequestCallback(9, minutes, at))
    assert done.effect_id == 9
    return done.result, to_plain(done.values.get("moment"))


async def claimed(engine: Engine, time_zone: str | None, address: str) -> EligibilityFacts:
    """Begin with a customer who was not called yet, whose number and zone are these."""
    someone = record(1, address)
    customer = replace(someone.customer, time_zone=time_zone)
    await engine.store.write(lambda tx: tx.customers.put(replace(someone, customer=customer)))
    await engine.find()
    return await engine.claim()


async def test_a_number_of_minutes_counts_from_now(engine: Engine) -> None:
    facts = await engine.placed()
    assert await asked(engine, facts, minutes=90) == ("done", "2026-03-02T11:30:00-05:00")


async def test_a_time_of_day_is_the_next_one_on_the_customers_clock(engine: Engine) -> None:
    facts = await engine.placed()
    assert await asked(engine, facts, at="15:30") == ("done", "2026-03-02T15:30:00-05:00")
    assert await asked(engine, facts, at="09:30") == ("done", "2026-03-03T09:30:00-05:00")


@pytest.mark.parametrize("at", ["07:59", "21:00", "23:30"])
async def test_outside_the_hours_of_the_rule_nobody_is_promised_a_call(engine: Engine, at: str) -> None:
    facts = await engine.placed()
    assert await asked(engine, facts, at=at) == ("closed", None)


async def test_nobody_is_promised_a_call_that_the_caps_would_put_off(engine: Engine) -> None:
    facts = await engine.placed()
    assert (await asked(engine, facts, minutes=59))[0] == "closed", "one call an hour, and this one counts"
    assert (await asked(engine, facts, minutes=60))[0] == "done"


async def test_the_hours_hold_in_every_zone_of_the_customer_and_the_clock_is_that_of_the_address(
    engine: Engine,
) -> None:
    facts = await claimed(engine, "America/Chicago", "+12025550001")
    assert await asked(engine, facts, at="19:30") == ("done", "2026-03-02T19:30:00-06:00")
    assert await asked(engine, facts, at="20:00") == ("closed", None), (
        "it is nine where the number is at home"
    )


async def test_without_an_address_the_number_tells_the_clock_if_it_can_be_one_only(engine: Engine) -> None:
    facts = await claimed(engine, None, "+12025550001")
    assert await asked(engine, facts, at="15:30") == ("done", "2026-03-02T15:30:00-05:00")


async def test_where_two_clocks_are_possible_a_time_of_day_is_not_guessed_but_a_wait_is_the_same_on_both(
    engine: Engine,
) -> None:
    facts = await claimed(engine, None, IN_TWO_ZONES)
    assert await asked(engine, facts, at="15:30") == ("failed", None)
    assert (await asked(engine, facts, minutes=90))[0] == "done"


async def test_where_no_clock_is_known_nobody_is_promised_a_call(engine: Engine) -> None:
    facts = await claimed(engine, "Mars/Olympus", "+12025550001")
    assert await asked(engine, facts, minutes=90) == ("closed", None)


async def test_nobody_is_promised_a_call_for_when_the_matter_is_too_old(engine: Engine) -> None:
    facts = await engine.placed()
    engine.clock.advance(days=13, hours=23)
    assert (await asked(engine, facts, minutes=59))[0] == "done"
    assert (await asked(engine, facts, minutes=60))[0] == "closed"


async def test_of_a_rule_that_is_gone_nobody_is_called_back(engine: Engine) -> None:
    facts = await engine.placed()
    live = engine.contents.live
    engine.contents = Contents(replace(live, book=replace(live.book, rules={})))
    assert await asked(engine, facts, minutes=90) == ("failed", None)


async def test_a_call_that_is_no_attempt_of_the_alert_is_not_followed_by_one(engine: Engine) -> None:
    facts = await engine.placed()
    assert await asked(engine, facts, minutes=90, call_id="somebody-else") == ("failed", None)
