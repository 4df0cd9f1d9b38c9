"""An agent's word by keypad is for the call that their telephone took last."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ivr.accounts.hold import HoldKind
from ivr.calls.call_result import CallResult
from ivr.engine.host import Host
from ivr.engine.ports import NewCall
from ivr.engine.record_outcome import EndedCall, record_outcome
from ivr.engine.wrap_up import WITHIN, wrap_up
from ivr.flows.effects import TellDisposition
from ivr.outcomes.agent_disposition import AgentDisposition
from ivr.outcomes.response import Response
from tests.unit.engine.conftest import Engine
from tests.unit.engine.scripted import ScriptedCall, report

WORD = TellDisposition(4, AgentDisposition.DECEASED)


async def taken_by(engine: Engine, agent: str | None) -> str:
    """Let a customer have talked with an agent; return the alert's id."""
    attempt = (await engine.placed()).attempt
    end = replace(report(attempt.id, engine.clock(), CallResult.ANSWERED), taken_by=agent)
    ended = EndedCall(attempt, engine.world.owner.epoch, end, ((Response.TRANSFERRED, {}),), (), "v1")
    await engine.store.write(lambda tx: record_outcome(tx, engine.contents, (), ended, engine.clock()))
    return attempt.id


async def dials(engine: Engine, *, trunk: str = "desk", number: str = "+12025550123") -> Host:
    """Let a telephone call the code."""
    call = NewCall("c7", None, "inbound", number, trunk, "*78", "wrap-up", "f1", engine.clock())
    await engine.store.write(lambda tx: tx.calls.open(call))
    live = ScriptedCall("c7", report("c7", engine.clock(), CallResult.ANSWERED), [])
    return Host(engine.world, engine.contents, live, None, None)


@pytest.mark.parametrize("agent", ["desk", "+12025550123"])
async def test_the_telephone_is_known_by_its_name_or_its_number(engine: Engine, agent: str) -> None:
    call_id = await taken_by(engine, agent)
    host = await dials(engine)
    assert (await wrap_up(host, WORD)).result == "done"
    assert (await wrap_up(host, WORD)).result == "done", "asked for again after a drop, it is kept once"
    [told] = await engine.store.read(lambda tx: tx.agent_dispositions.of_call(call_id))
    assert (told.agent, told.medium, told.disposition) == (agent, "keypad", AgentDisposition.DECEASED)
    [hold] = await engine.store.read(lambda tx: tx.holds.of(["c1"]))
    assert (hold.kind, hold.source) == (HoldKind.DECEASED, agent)


@pytest.mark.parametrize("agent", [None, "other", "+12025550124"])
async def test_nobody_tells_of_another_s_call(engine: Engine, agent: str | None) -> None:
    await taken_by(engine, agent)
    assert (await wrap_up(await dials(engine), WORD)).result == "no_call"


async def test_a_caller_who_withholds_their_number_took_no_call(engine: Engine) -> None:
    await taken_by(engine, "")
    assert (await wrap_up(await dials(engine, trunk="carrier", number=""), WORD)).result == "no_call"


async def test_after_half_an_hour_it_is_too_late(engine: Engine) -> None:
    await taken_by(engine, "desk")
    engine.clock.advance(seconds=WITHIN.total_seconds() + 1)
    assert (await wrap_up(await dials(engine), WORD)).result == "no_call"


async def test_a_word_that_does_not_fit_the_call_changes_nothing(engine: Engine) -> None:
    call = NewCall("c6", None, "inbound", "+12025550777", "carrier", "x", "front-desk", "f1", engine.clock())
    end = replace(report("c6", engine.clock(), CallResult.ANSWERED), taken_by="desk")
    await engine.store.write(lambda tx: tx.calls.open(call))
    await engine.store.write(lambda tx: tx.calls.close(end))
    assert (await wrap_up(await dials(engine), WORD)).result == "failed", "nobody knows who called"
    assert await engine.store.read(lambda tx: tx.agent_dispositions.of_call("c6")) == []
