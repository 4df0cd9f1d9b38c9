"""After a crash calls that are up go on to their recorded end, and no doubt is ever redialled.

The other fates of an attempt are tried in after_a_crash/.
"""

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
from ivr.engine.content import Contents
from ivr.engine.line import Line
from ivr.engine.reconcile_calls import Fate, fate_of, reconcile_calls
from ivr.engine.start_session import start_session
from ivr.engine.telephony import Listening
from ivr.engine.world import Evidence
from ivr.flows.events import Pressed
from ivr.flows.state import dump_state
from tests.unit.engine.conftest import LINE, MONDAY_AT_TEN, Engine
from tests.unit.engine.scripted import HEARD, ScriptedCall, keys, report

NOTHING = Evidence(None, was_dialled=False, report=None)


async def reconcile(engine: Engine, *live: ScriptedCall, line: Line | None = None) -> dict[str, Fate]:
    """Settle what is open, and see calls that are up to their end."""
    tasks: list[asyncio.Task[None]] = []
    attempts = await engine.attempts(AttemptState.PLACING, AttemptState.IN_PROGRESS)
    done = await reconcile_calls(engine.world, engine.contents, attempts, live, tasks.append, line)
    await asyncio.gather(*tasks)
    return dict(done.fates)


async def test_a_call_that_is_up_is_picked_up_and_led_to_its_recorded_end(
    engine: Engine,
) -> None:
    facts = await engine.placed()
    end = report(facts.attempt.id, engine.clock(), CallResult.ANSWERED)
    call = ScriptedCall(facts.attempt.id, end, [*keys("2"), HEARD])
    assert await reconcile(engine, call) == {facts.attempt.id: Fate.LIVES}
    assert (await engine.attempt(facts.attempt.id)).disposition == "wrong_party"


@pytest.mark.parametrize(("pressed", "is_listened"), [("", True), ("1", False)])
async def test_a_call_that_is_picked_up_again_is_listened_to_until_a_key_is_a_persons(
    engine: Engine, pressed: str, is_listened: bool
) -> None:
    facts = await engine.placed()
    session = (await start_session(engine.world, engine.contents, facts)).session
    turn = session.start()
    for key in pressed:
        turn = session.resume(turn.state, Pressed(key))
    saved, call_id = dump_state(turn.state), facts.attempt.id
    await engine.store.write(lambda tx: tx.calls.save_checkpoint(call_id, saved, engine.clock()))
    call = ScriptedCall(call_id, report(call_id, engine.clock(), CallResult.ANSWERED), [HEARD])
    await reconcile(engine, call, line=replace(LINE, listening=Listening((700,))))
    assert engine.telephony.listened == ([(call_id, Listening((700,)))] if is_listened else [])


async def in_progress(engine: Engine) -> str:
    """Let a call that somebody answered settle its matter, and be over; return its attempt."""
    facts = await engine.placed()
    attempt_id, now = facts.attempt.id, engine.clock()
    await engine.store.write(
        lambda tx: tx.attempts.in_progress(attempt_id, engine.world.owner.epoch, engine.clock())
    )
    assert await engine.store.write(lambda tx: tx.alerts.claim_settling(facts.alert.id, attempt_id, now))
    return attempt_id


async def is_closed_and_lets_go(engine: Engine, attempt_id: str) -> None:
    attempt = await engine.attempt(attempt_id)
    assert (attempt.state, attempt.result) == (AttemptState.CLOSED, "answered")
    assert not await engine.store.write(lambda tx: tx.alerts.is_being_settled(attempt.alert_id))


async def test_a_call_whose_talk_can_t_be_read_any_more_is_closed_without_it(engine: Engine) -> None:
    attempt_id = await in_progress(engine)
    await engine.store.write(lambda tx: tx.calls.save_checkpoint(attempt_id, "{}", engine.clock()))
    assert await reconcile(engine) == {attempt_id: Fate.ANSWERED_AND_OVER}
    await is_closed_and_lets_go(engine, attempt_id)


async def test_a_call_whose_flow_is_no_longer_known_is_closed_without_its_talk(engine: Engine) -> None:
    attempt_id = await in_progress(engine)
    live = engine.contents.live
    others = {name: flow for name, flow in live.flows.items() if name != "payment-overdue"}
    engine.contents = Contents(replace(live, flows=others))
    await reconcile(engine)
    await is_closed_and_lets_go(engine, attempt_id)


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
