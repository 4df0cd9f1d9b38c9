"""A talk with somebody else whose end no engine saw."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from ivr.engine.carry_out_effect import carry_out_effect
from ivr.engine.end_talk import end_talk
from ivr.engine.host import Host
from ivr.engine.ports import Transaction
from ivr.engine.run_flow import Talk
from ivr.flows.effects import Transfer
from ivr.flows.events import EffectDone
from ivr.flows.session import Session
from ivr.flows.state import SessionState
from ivr.outcomes.response import Response
from tests.unit.engine.conftest import Engine
from tests.unit.engine.toll_free import opened
from tests.unit.flows.rehearsal import MARIA, flow_of, for_anyone

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


def _take(agent: str, engine: Engine, tx: Transaction) -> None:
    tx.calls.taken("call-1", agent, engine.clock())


@pytest.mark.parametrize("place", [OUTSIDE, QUEUE])
@pytest.mark.parametrize(
    ("taken_by", "meant"),
    [(None, [Response.HUNG_UP]), ("+12025550177", [Response.TRANSFERRED])],
)
async def test_whom_somebody_took_was_served_although_nobody_saw_the_end(
    engine: Engine, place: str, taken_by: str | None, meant: list[Response]
) -> None:
    await opened(engine)
    if taken_by is not None:
        await engine.store.write(partial(_take, taken_by, engine))
    session, state = handed_over(place)
    talk = Talk(state)
    await end_talk(engine.world, engine.contents, "call-1", session, talk)
    assert [response for response, _ in talk.responses] == meant


@pytest.mark.parametrize(("pick_ups", "is_over"), [(1, True), (0, False)])
async def test_a_talk_that_is_over_when_the_next_engine_comes_is_not_begun_anew(
    engine: Engine, pick_ups: int, is_over: bool
) -> None:
    call = await opened(engine)
    await engine.store.write(partial(_take, "desk", engine))
    _, state = handed_over(QUEUE)
    begun, again = Transfer(3, "front-desk"), replace(state, pick_ups=pick_ups)
    done = await carry_out_effect(Host(engine.world, engine.contents, call), begun, again)
    assert done == (EffectDone(3, "done") if is_over else None)
    assert (call.said == []) == is_over


async def test_who_was_taken_before_was_not_for_that_taken_again(engine: Engine) -> None:
    await opened(engine)
    await engine.store.write(partial(_take, "desk", engine))
    session, state = handed_over(OUTSIDE)
    before = ((Response.TRANSFERRED, {"queue": "front-desk"}),)
    talk = Talk(replace(state, responses=before))
    await end_talk(engine.world, engine.contents, "call-1", session, talk)
    assert talk.responses == before
