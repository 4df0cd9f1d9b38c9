"""Outcomes are told until they are acknowledged."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from ivr.calls.call_result import CallResult
from ivr.engine.place_call import place_call, prepare_call
from ivr.engine.push_outcome import push_outcomes, retry_after
from tests.unit.engine.conftest import LINE, Engine
from tests.unit.engine.scripted import ScriptedCall, report


async def an_outcome(engine: Engine) -> None:
    facts = await engine.found_and_claimed()
    end = report(facts.attempt.id, engine.clock(), CallResult.BUSY)
    engine.telephony.answers = [ScriptedCall(facts.attempt.id, end)]
    session = await prepare_call(engine.world, engine.contents, facts)
    await place_call(engine.world, engine.contents, facts, session, LINE)


async def test_an_outcome_is_told_once(engine: Engine) -> None:
    await an_outcome(engine)
    assert await push_outcomes(engine.world) == 1
    assert await push_outcomes(engine.world) == 0
    assert len(engine.target.told) == 1


async def test_a_target_that_is_away_hears_it_later(engine: Engine) -> None:
    await an_outcome(engine)
    engine.target.refusals = 2
    assert await push_outcomes(engine.world) == 0
    engine.clock.advance(seconds=4)
    assert await push_outcomes(engine.world) == 0
    assert engine.target.refusals == 1, "it is not asked before its time"
    engine.clock.advance(seconds=1)
    await push_outcomes(engine.world)
    engine.clock.advance(seconds=10)
    assert await push_outcomes(engine.world) == 1
    assert len(engine.target.told) == 1


@given(st.integers(min_value=0, max_value=10_000))
def test_the_wait_grows_to_an_hour_and_never_shrinks(tries: int) -> None:
    assert timedelta(seconds=5) <= retry_after(tries) <= retry_after(tries + 1) <= timedelta(hours=1)
