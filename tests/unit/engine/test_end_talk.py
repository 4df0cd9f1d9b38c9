"""A talk with somebody else whose end no engine saw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import pytest

from ivr.engine.carry_out_effect import carry_out_effect
from ivr.engine.end_talk import end_talk
from ivr.engine.host import Host
from ivr.engine.ports import Transaction
from ivr.engine.run_flow import Talk
from ivr.engine.was_taken import taken
from ivr.flows.effects import Transfer
from ivr.flows.events import EffectDone
from ivr.flows.session import Session
from ivr.flows.state import SessionState
from ivr.outcomes.response import Response
from tests.unit.engine.conftest import Engine
from tests.unit.engine.scripted import ScriptedCall
from tests.unit.engine.toll_free import opened
from tests.unit.flows.rehearsal import MARIA, flow_of, for_anyone

Meant = tuple[tuple[Response, Mapping[str, object]], ...]

OUTSIDE, QUEUE = 'number: "+12025550177"', "queue: front-desk"
TRANSFERS = """
away: {type: transfer, PLACE, done: done, no_agent: nobody, failed: nobody}
done: {type: hangup, prompt: done}
nobody: {type: hangup, prompt: nobody}
"""
SPOKEN = for_anyone("done", "nobody")


def handed_over(place: str) -> tuple[Session, SessionState]:
    """Return a session that waits for the end of a transfer."""
    session = Session(flow_of(TRANSFERS.replace("PLACE", place), SPOKEN), SPOKEN, MARIA, "en")
    return session, session.start().state


@pytest.mark.parametrize("place", [OUTSIDE, QUEUE])
@pytest.mark.parametrize(
    ("taken_by", "meant"),
    [(None, [Response.HUNG_UP]), ("+12025550177", [Response.TRANSFERRED])],
)
async def test_whom_somebody_took_was_served_although_nobody_saw_the_end(
    engine: Engine, place: str, taken_by: str | None, meant: list[Response]
) -> None:
    await opened(engine)
    session, state = handed_over(place)
    talk = Talk(state if taken_by is None else taken(state, taken_by))
    await end_talk(engine.world, engine.contents, "call-1", session, talk)
    assert [response for response, _ in talk.responses] == meant


def _take(agent: str, engine: Engine, tx: Transaction) -> None:
    tx.calls.taken("call-1", agent, engine.clock())


async def asked_again(engine: Engine, call: ScriptedCall, state: SessionState) -> EffectDone | None:
    """Let the next engine carry out the open transfer."""
    begun = replace(state, pick_ups=1)
    assert isinstance(begun.effect, Transfer)
    return await carry_out_effect(Host(engine.world, engine.contents, call), begun.effect, begun)


BEFORE = ((Response.TRANSFERRED, {"number": "+12025550177"}),)
"""A talk before, in the same call."""


@pytest.mark.parametrize("before", [(), BEFORE], ids=["first", "second"])
async def test_a_talk_that_is_over_when_the_next_engine_comes_is_not_begun_anew(
    engine: Engine, before: Meant
) -> None:
    call = await opened(engine)
    _, state = handed_over(QUEUE)
    state = replace(taken(state, "desk"), responses=before)
    assert state.effect is not None
    assert await asked_again(engine, call, state) == EffectDone(state.effect.effect_id, "done")
    assert call.said == []


@pytest.mark.parametrize("is_elsewhere", [True, False])
async def test_who_waits_in_a_second_queue_was_not_taken_by_whoever_took_them_first(
    engine: Engine, is_elsewhere: bool
) -> None:
    call = await opened(engine)
    await engine.store.write(partial(_take, "+12025550177", engine))
    call.is_elsewhere = is_elsewhere
    _, state = handed_over(QUEUE)
    assert await asked_again(engine, call, replace(state, responses=BEFORE)) is None
    assert call.takers == []
    assert call.said == ["transfer to front-desk"], "a stay that goes on keeps its place"


@pytest.mark.parametrize("taken_by", [None, "desk"])
async def test_of_two_talks_whose_end_nobody_saw_each_counts_if_it_was_one(
    engine: Engine, taken_by: str | None
) -> None:
    await opened(engine)
    await engine.store.write(partial(_take, "+12025550177", engine))
    session, state = handed_over(QUEUE)
    state = replace(state, responses=BEFORE)
    talk = Talk(state if taken_by is None else taken(state, taken_by))
    await end_talk(engine.world, engine.contents, "call-1", session, talk)
    assert len(talk.responses) == (1 if taken_by is None else 2)
