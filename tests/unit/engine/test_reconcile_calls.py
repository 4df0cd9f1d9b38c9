"""After a crash: each attempt whose call was under way is settled by evidence."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.accounts.contact_point import Medium
from ivr.attempts.attempt import Attempt, AttemptState
from ivr.calls.call_result import CallResult
from ivr.engine.place_call import note_answer
from ivr.engine.reconcile_calls import Fate, fate_of, reconcile_calls
from ivr.engine.world import Evidence
from tests.unit.engine.conftest import MONDAY_AT_TEN, Engine
from tests.unit.engine.scripted import HEARD, ScriptedCall, keys, report

LONG_BEFORE = MONDAY_AT_TEN - timedelta(days=1)
NOTHING = Evidence(None, was_dialled=False, report=None)


async def reconcile(engine: Engine, *live: ScriptedCall) -> dict[str, Fate]:
    """Settle what is open, and see calls that are up to their end."""
    tasks: list[asyncio.Task[None]] = []
    attempts = await engine.attempts(AttemptState.PLACING, AttemptState.IN_PROGRESS)
    done = await reconcile_calls(engine.world, engine.contents, attempts, live, tasks.append)
    await asyncio.gather(*tasks)
    return dict(done.fates)


async def test_a_call_that_is_up_is_picked_up_with_a_word_of_apology_or_the_first_question(
    engine: Engine,
) -> None:
    facts = await engine.placed()
    end = report(facts.attempt.id, engine.clock(), CallResult.ANSWERED)
    call = ScriptedCall(facts.attempt.id, end, [*keys("2"), HEARD])
    assert await reconcile(engine, call) == {facts.attempt.id: Fate.LIVES}
    assert (await engine.attempt(facts.attempt.id)).disposition == "wrong_party"


async def test_a_call_that_ended_unheard_is_recorded_from_the_switchs_records(engine: Engine) -> None:
    facts = await engine.placed()
    end = report(facts.attempt.id, engine.clock(), CallResult.BUSY)
    engine.records.known = {facts.attempt.id: Evidence(LONG_BEFORE, was_dialled=True, report=end)}
    assert await reconcile(engine) == {facts.attempt.id: Fate.ENDED}
    made, again = await engine.attempts()
    assert (made.result, again.state) == ("busy", "ready")


async def test_a_call_that_was_certainly_never_dialled_is_made_after_all(engine: Engine) -> None:
    facts = await engine.placed()
    engine.records.known = {facts.attempt.id: Evidence(LONG_BEFORE, was_dialled=False, report=None)}
    assert await reconcile(engine) == {facts.attempt.id: Fate.NOT_DIALLED}
    assert (await engine.attempt(facts.attempt.id)).state is AttemptState.READY


async def test_a_call_that_nobody_can_tell_of_is_unknown_and_never_made_again(engine: Engine) -> None:
    facts = await engine.placed()
    assert await reconcile(engine) == {facts.attempt.id: Fate.UNKNOWN}
    [attempt] = await engine.attempts()
    assert attempt.state is AttemptState.UNKNOWN
    assert await engine.alert_state(facts.alert.id) == "exhausted"


async def test_somebody_who_had_answered_is_never_called_anew_for_want_of_records(engine: Engine) -> None:
    facts = await engine.placed()
    attempt_id, epoch = facts.attempt.id, engine.world.owner.epoch
    await engine.store.write(lambda tx: note_answer(tx, attempt_id, epoch, engine.clock()))
    assert await reconcile(engine) == {attempt_id: Fate.ANSWERED_AND_OVER}
    assert (await engine.attempt(attempt_id)).result == "answered"


async def test_a_call_that_belongs_to_no_attempt_is_ended(engine: Engine) -> None:
    stray = ScriptedCall("stray", report("stray", engine.clock(), CallResult.ANSWERED))
    assert await reconcile(engine, stray) == {}
    assert stray.hung_up


PLACING = Attempt(
    "x", "a", "c", 1, 1, 0, Medium.VOICE, "p", "+12025550101", AttemptState.PLACING, MONDAY_AT_TEN,
    placing_at=MONDAY_AT_TEN,
)  # fmt: skip


@given(
    state=st.sampled_from([AttemptState.PLACING, AttemptState.IN_PROGRESS]),
    since=st.none() | st.integers(-3600, 3600).map(lambda s: MONDAY_AT_TEN + timedelta(seconds=s)),
    was_dialled=st.booleans(),
)
def test_redialling_needs_records_that_reach_back_before_the_placing_and_know_nothing_of_the_call(
    state: AttemptState, since: object, was_dialled: bool
) -> None:
    evidence = replace(NOTHING, since=since, was_dialled=was_dialled)  # type: ignore[arg-type]
    fate = fate_of(replace(PLACING, state=state), evidence)
    if fate is Fate.NOT_DIALLED:
        assert state is AttemptState.PLACING
        assert not was_dialled
        assert evidence.since is not None
        assert evidence.since < MONDAY_AT_TEN


@pytest.mark.parametrize("state", [AttemptState.PLACING, AttemptState.IN_PROGRESS])
def test_a_recorded_end_is_the_end(state: AttemptState) -> None:
    end = report("x", MONDAY_AT_TEN, CallResult.BUSY)
    assert fate_of(replace(PLACING, state=state), replace(NOTHING, report=end)) is Fate.ENDED
