"""A flow is led to its end whatever it asks for."""

from __future__ import annotations

from structlog.testing import capture_logs

from ivr.calls.call_result import CallResult
from ivr.engine.record_voice import recording_name
from ivr.engine.run_flow import Talk, run_flow
from ivr.flows.effects import RecordVoice
from ivr.flows.events import FlowEvent, SpeechEnded
from ivr.flows.session import Session
from tests.unit.engine.conftest import Engine
from tests.unit.engine.scripted import HEARD, ScriptedCall, keys, report
from tests.unit.flows.rehearsal import MARIA, flow_of, for_anyone

NODES = """
hours: {type: check_hours, hours: agents, open: open, closed: closed}
open: {type: hangup, prompt: open}
closed: {type: hangup, prompt: closed}
"""


async def test_what_nothing_can_carry_out_fails_loudly_and_the_call_goes_on(engine: Engine) -> None:
    facts = await engine.placed()
    catalogue = for_anyone("open", "closed")
    session = Session(flow_of(NODES, catalogue), catalogue, MARIA, "en")
    end = report(facts.attempt.id, engine.clock(), CallResult.ANSWERED)
    call, talk = ScriptedCall(facts.attempt.id, end, [HEARD]), Talk()
    with capture_logs() as logs:
        await run_flow(engine.host(call, facts), session, talk, engine.clock())
    assert call.hung_up
    assert [step.node for step in talk.steps if step.kind == "said"] == ["closed"]
    assert ("error", "check_hours") in [(line["log_level"], line.get("effect")) for line in logs]


RECORD = """
record: {type: record, prompt: speak, variable: remark, review: {prompt: judge}, next: done, failed: failed}
done: {type: hangup, prompt: done}
failed: {type: hangup, prompt: failed}
"""
SPOKEN = for_anyone("speak", "judge", "done", "failed")


async def led(engine: Engine, talk: Talk, *events: FlowEvent | str) -> ScriptedCall:
    """Lead a call through the flow that records."""
    facts = await engine.placed()
    session = Session(flow_of(RECORD, SPOKEN), SPOKEN, MARIA, "en")
    call_id = facts.attempt.id
    call = ScriptedCall(call_id, report(call_id, engine.clock(), CallResult.ANSWERED), list(events))
    await run_flow(engine.host(call, facts), session, talk, engine.clock())
    return call


async def test_what_was_recorded_is_heard_back(engine: Engine) -> None:
    engine.recordings.seconds, talk = [4.0], Talk()
    call = await led(engine, talk, HEARD, HEARD, *keys("3"), HEARD, *keys("1"), HEARD)
    name = recording_name(call.call_id, RecordVoice(2, 60, 3, beep=True, end_key="#"))
    assert call.said == ["speak", "judge", f"recording {name}", "judge", "done"]
    assert {"recording": name} in [step.detail for step in talk.steps if step.kind == "replayed"]


async def test_after_a_crash_in_a_recording_it_is_thrown_away_and_asked_for_again(engine: Engine) -> None:
    session = Session(flow_of(RECORD, SPOKEN), SPOKEN, MARIA, "en")
    recording = session.resume(session.start().state, SpeechEnded(1)).state
    assert isinstance(recording.effect, RecordVoice)
    engine.recordings.seconds = [4.0]
    call = await led(engine, Talk(recording), HEARD, HEARD, HEARD, *keys("1"), HEARD)
    assert call.discarded == [recording_name(call.call_id, recording.effect)]
    assert call.said == ["sorry", "speak", "judge", "done"]
