"""Whoever is cut off and calls again goes on at the very step, once they have proved again to be them."""

from __future__ import annotations

from dataclasses import replace

from ivr.engine.ports.staffing import QueueState
from ivr.flows.state import load_state
from ivr.tempo import Tempo
from tests.unit.engine.conftest import Engine
from tests.unit.engine.scripted import HEARD, ScriptedCall, keys
from tests.unit.engine.toll_free import BIRTH_DATE, PROVED, calls_in, owes

AGAIN = "We go on where we were"
WHEN, HOW_MUCH = "To promise the payment of", "Please key in the amount"
TO_PROMISE = (*PROVED, HEARD, HEARD, *keys("2"))


async def calls_again(engine: Engine, *events: object, minutes: float = 1) -> ScriptedCall:
    engine.clock.advance(minutes=minutes)
    return await calls_in(engine, *PROVED, HEARD, HEARD, *events, call_id="call-2")  # type: ignore[arg-type]


def after(call: ScriptedCall, words: str) -> str:
    """Return what was said next after these words."""
    [at] = [index for index, said in enumerate(call.said) if words in said]
    return call.said[at + 1]


async def test_the_question_that_was_open_is_asked_next(engine: Engine) -> None:
    await owes(engine)
    await calls_in(engine, *TO_PROMISE)
    assert WHEN in after(await calls_again(engine), AGAIN)


async def test_a_number_that_was_being_keyed_is_asked_for_again(engine: Engine) -> None:
    await owes(engine)
    await calls_in(engine, *TO_PROMISE, *keys("4"), *keys("2"))
    assert HOW_MUCH in after(await calls_again(engine), AGAIN)


async def test_it_is_proved_again_and_no_secret_is_carried(engine: Engine) -> None:
    await owes(engine)
    await calls_in(engine, *TO_PROMISE)
    kept = await engine.store.read(lambda tx: tx.calls.checkpoint("call-1"))
    assert kept is not None
    assert BIRTH_DATE not in kept
    assert load_state(kept).keyed.secrets == {}
    engine.clock.advance(minutes=1)
    call = await calls_in(engine, HEARD, HEARD, call_id="call-2")
    assert not any(AGAIN in said or WHEN in said for said in call.said), "nobody has proved anything"


async def test_after_the_time_of_the_settings_the_matter_is_told_from_its_beginning(engine: Engine) -> None:
    await owes(engine)
    engine.world = replace(engine.world, resume_within=engine.world.resume_within / 2)
    await calls_in(engine, *TO_PROMISE)
    call = await calls_again(engine, minutes=6)
    assert not any(AGAIN in said for said in call.said)


async def test_what_was_settled_before_the_end_is_not_gone_on_with(engine: Engine) -> None:
    await owes(engine)
    await calls_in(engine, *TO_PROMISE, *keys("2"))
    call = await calls_again(engine)
    assert not any(AGAIN in said or WHEN in said for said in call.said)


async def test_a_step_of_a_flow_within_a_flow_is_found_as_well(engine: Engine) -> None:
    await owes(engine)
    await calls_in(engine, *PROVED, HEARD, HEARD, *keys("3"), HEARD)
    assert "To be called back" in after(await calls_again(engine), AGAIN), "nobody was free"


class Waiting:
    """Nobody is free, and the wait is known."""

    async def look_at(self, queue: str) -> QueueState:
        return QueueState(0, 2, 3, 180)

    async def set_pause(self, agent: str, reason: str | None) -> bool:
        return True


async def test_who_is_cut_off_at_the_wait_for_an_agent_is_served_when_they_call_again(engine: Engine) -> None:
    await owes(engine)
    engine.world = replace(engine.world, staffing=Waiting())
    first = await calls_in(engine, *PROVED, HEARD, HEARD, *keys("3"), HEARD)
    assert "The wait is about six minutes." in first.said
    again = await calls_again(engine, *keys("3"), HEARD)
    assert "To pay now" in after(again, AGAIN)
    assert "The wait is about six minutes." in again.said


async def test_who_wanted_it_slower_hears_it_slower_still(engine: Engine) -> None:
    await owes(engine)
    await calls_in(engine, *TO_PROMISE, *keys("*"), HEARD)
    again = await calls_again(engine)
    kept = await engine.store.read(lambda tx: tx.calls.checkpoint(again.call_id))
    assert kept is not None
    assert load_state(kept).tempo is Tempo.SLOW
