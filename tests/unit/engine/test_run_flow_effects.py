"""A flow is led to its end whatever it asks for."""

from __future__ import annotations

from structlog.testing import capture_logs

from ivr.calls.call_result import CallResult
from ivr.engine.run_flow import Talk, run_flow
from ivr.flows.session import Session
from tests.unit.engine.conftest import Engine
from tests.unit.engine.scripted import HEARD, ScriptedCall, report
from tests.unit.flows.rehearsal import MARIA, flow_of, for_anyone

NODES = """
link: {type: send_sms, message: link, sent: sent, failed: failed}
sent: {type: hangup, prompt: sent}
failed: {type: hangup, prompt: failed}
"""
HOURS = """
hours: {type: check_hours, hours: us-standard, open: open, closed: closed}
open: {type: hangup, prompt: open}
closed: {type: hangup, prompt: closed}
"""


async def test_what_nothing_can_carry_out_fails_loudly_and_the_call_goes_on(engine: Engine) -> None:
    facts = await engine.placed()
    catalogue = for_anyone("sent", "failed")
    session = Session(flow_of(NODES, catalogue), catalogue, MARIA, "en")
    end = report(facts.attempt.id, engine.clock(), CallResult.ANSWERED)
    call, talk = ScriptedCall(facts.attempt.id, end, [HEARD]), Talk()
    with capture_logs() as logs:
        await run_flow(engine.host(call, facts), session, talk, engine.clock())
    assert call.hung_up
    assert [step.node for step in talk.steps if step.kind == "said"] == ["failed"]
    assert ("error", "send_message") in [(line["log_level"], line.get("effect")) for line in logs]


async def test_a_flow_learns_whether_we_are_open(engine: Engine) -> None:
    facts = await engine.placed()
    catalogue = for_anyone("open", "closed")
    session = Session(flow_of(HOURS, catalogue), catalogue, MARIA, "en")
    end = report(facts.attempt.id, engine.clock(), CallResult.ANSWERED)
    talk = Talk()
    call = ScriptedCall(facts.attempt.id, end, [HEARD])
    await run_flow(engine.host(call, facts), session, talk, engine.clock())
    assert call.said == ["open"], "it is ten in the morning in New York"
