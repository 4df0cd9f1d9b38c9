"""An agent's word by keypad is for the call that their telephone took last."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ivr.accounts.hold import HoldKind
from ivr.attempts.attempt import AttemptState
from ivr.calls.call_result import CallResult
from ivr.engine.end_talk import end_talk
from ivr.engine.ports import NewCall
from ivr.engine.record_outcome import EndedCall, record_outcome
from ivr.engine.run_flow import Talk
from ivr.engine.wrap_up import WITHIN, wrap_up
from ivr.flows.effects import TellDisposition
from ivr.flows.session import Session
from ivr.money import Money
from ivr.outcomes.agent_disposition import AgentDisposition
from ivr.outcomes.response import Response
from tests.unit.engine.conftest import EASTERN, Engine
from tests.unit.engine.scripted import report
from tests.unit.flows.rehearsal import MARIA, flow_of, for_anyone

WORD = TellDisposition(4, AgentDisposition.DECEASED)


async def taken_by(engine: Engine, agent: str | None) -> str:
    """Let a customer have talked with an agent; return the alert's id."""
    attempt = (await engine.placed()).attempt
    end = replace(report(attempt.id, engine.clock(), CallResult.ANSWERED), taken_by=agent)
    ended = EndedCall(attempt, engine.world.owner.epoch, end, ((Response.TRANSFERRED, {}),), (), "v1")
    await engine.store.write(
        lambda tx: record_outcome(tx, engine.contents, engine.world.messaging, (), ended, engine.clock())
    )
    return attempt.id


async def dials_and_says(
    engine: Engine, *, trunk: str = "desk", number: str = "+12025550123", dialled: str = "*78"
) -> str:
    """Let a telephone call the code and a word be keyed; return what came of it."""
    call = NewCall("c7", None, "inbound", number, trunk, dialled, "wrap-up", "f1", engine.clock())
    await engine.store.write(lambda tx: tx.calls.open(call))
    return (await wrap_up(engine.world, engine.contents, "c7", WORD)).result


@pytest.mark.parametrize("agent", ["desk", "+12025550123"])
async def test_the_telephone_is_known_by_its_name_or_its_number(engine: Engine, agent: str) -> None:
    call_id = await taken_by(engine, agent)
    assert await dials_and_says(engine) == "done"
    again = await wrap_up(engine.world, engine.contents, "c7", WORD)
    assert again.result == "done", "asked for again after a drop, it is kept once"
    [told] = await engine.store.read(lambda tx: tx.agent_dispositions.of_call(call_id))
    assert (told.agent, told.medium, told.disposition) == (agent, "keypad", AgentDisposition.DECEASED)
    [hold] = await engine.store.read(lambda tx: tx.holds.of(["c1"]))
    assert (hold.kind, hold.source) == (HoldKind.DECEASED, agent)


@pytest.mark.parametrize("agent", [None, "other", "+12025550124"])
async def test_nobody_tells_of_another_s_call(engine: Engine, agent: str | None) -> None:
    await taken_by(engine, agent)
    assert await dials_and_says(engine) == "no_call"


async def test_a_caller_who_withholds_their_number_took_no_call(engine: Engine) -> None:
    await taken_by(engine, "")
    assert await dials_and_says(engine, trunk="carrier", number="") == "no_call"


async def test_after_half_an_hour_it_is_too_late(engine: Engine) -> None:
    await taken_by(engine, "desk")
    engine.clock.advance(seconds=WITHIN.total_seconds() + 1)
    assert await dials_and_says(engine) == "no_call"


async def test_a_word_that_does_not_fit_the_call_changes_nothing(engine: Engine) -> None:
    call = NewCall("c6", None, "inbound", "+12025550777", "carrier", "x", "front-desk", "f1", engine.clock())
    end = replace(report("c6", engine.clock(), CallResult.ANSWERED), taken_by="desk")
    await engine.store.write(lambda tx: tx.calls.open(call))
    await engine.store.write(lambda tx: tx.calls.close(end))
    assert await dials_and_says(engine) == "failed", "nobody knows who called"
    assert await engine.store.read(lambda tx: tx.agent_dispositions.of_call("c6")) == []


async def test_the_word_of_an_agent_who_hung_up_while_no_engine_lived_is_kept(engine: Engine) -> None:
    await taken_by(engine, "desk")
    call = NewCall("c7", None, "inbound", "+12025550123", "desk", "*78", "wrap-up", "f1", engine.clock())
    await engine.store.write(lambda tx: tx.calls.open(call))
    nodes = """
    tell: {type: tell_disposition, disposition: deceased, done: done, no_call: done, failed: done}
    done: {type: hangup, prompt: done}
    """
    catalogue = for_anyone("done")
    session = Session(flow_of(nodes, catalogue), catalogue, MARIA, "en")
    talk = Talk(session.start().state)
    await end_talk(engine.world, engine.contents, "c7", session, talk)
    held = await engine.store.read(lambda tx: tx.holds.of(["c1"]))
    assert [hold.kind for hold in held] == [HoldKind.DECEASED]


async def test_a_word_said_while_the_customer_is_still_asked_how_it_was_is_for_that_call(
    engine: Engine,
) -> None:
    before = await taken_by(engine, "desk")
    up = NewCall(
        "c6", None, "inbound", "+12025550777", "carrier", "+18005550100", "front-desk", "f1", engine.clock()
    )
    await engine.store.write(lambda tx: tx.calls.open(replace(up, customer_id="c1")))
    engine.telephony.taken = {"desk": "c6"}
    assert await dials_and_says(engine) == "done"
    told = await engine.store.read(
        lambda tx: [len(tx.agent_dispositions.of_call(each)) for each in (before, "c6")]
    )
    assert told == [0, 1]


async def test_whoever_calls_over_the_network_with_an_agent_s_number_is_not_that_agent(
    engine: Engine,
) -> None:
    await taken_by(engine, "+12025550123")
    assert await dials_and_says(engine, trunk="carrier", dialled="+18005550100") == "no_call"


PROMISE = AgentDisposition.PROMISE_TO_PAY


async def is_told(engine: Engine, word: TellDisposition) -> str:
    """Let the agent of the last call key a word with details; return what came of it."""
    call = NewCall("c7", None, "inbound", "+12025550123", "desk", "*78", "wrap-up", "f1", engine.clock())
    await engine.store.write(lambda tx: tx.calls.open(call))
    return (await wrap_up(engine.world, engine.contents, "c7", word)).result


@pytest.mark.parametrize(("units", "minor"), [("50", 5_000), ("0", 12_345), (None, 12_345)])
async def test_a_promise_is_keyed_in_whole_units_of_the_account(
    engine: Engine, units: str | None, minor: int
) -> None:
    await taken_by(engine, "desk")
    assert await is_told(engine, TellDisposition(4, PROMISE, units, "2026-03-10")) == "done"
    account = await engine.store.read(lambda tx: tx.customers.account("a1"))
    assert account is not None
    assert account.promise is not None
    assert (account.promise.amount, account.promise.due_on) == (Money(minor, "USD"), date(2026, 3, 10))


async def test_a_promise_beyond_the_rule_is_not_kept(engine: Engine) -> None:
    await taken_by(engine, "desk")
    assert await is_told(engine, TellDisposition(4, PROMISE, "999999", "2026-03-10")) == "failed"


async def test_a_call_back_is_keyed_on_the_customers_clock(engine: Engine) -> None:
    await taken_by(engine, "desk")
    word = TellDisposition(4, AgentDisposition.CALLBACK, at="15:30")
    assert await is_told(engine, word) == "done"
    [waiting] = await engine.attempts(AttemptState.READY)
    assert waiting.due_at.astimezone(EASTERN).isoformat() == "2026-03-02T15:30:00-05:00"


async def test_after_a_restart_of_the_engine_the_live_call_is_found(engine: Engine) -> None:
    up = NewCall("c6", None, "inbound", "+12025550777", "carrier", "x", "front-desk", "f1", engine.clock())
    await engine.store.write(lambda tx: tx.calls.open(replace(up, customer_id="c1")))
    await engine.find(1)
    await engine.store.write(lambda tx: tx.calls.taken("c6", "desk", engine.clock()))
    assert engine.telephony.taken == {}, "the switch's driver has forgotten it"
    assert await is_told(engine, WORD) == "done"
    assert len(await engine.store.read(lambda tx: tx.agent_dispositions.of_call("c6"))) == 1
