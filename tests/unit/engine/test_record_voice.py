"""What somebody says is recorded and kept, also when the engine dies meanwhile."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from ivr.calls.call_result import CallResult
from ivr.calls.recording import RecordingKind
from ivr.engine.end_talk import end_talk
from ivr.engine.keep_recordings import prune_recordings
from ivr.engine.ports import NewCall
from ivr.engine.record_voice import forget_recording, record_voice, recording_name
from ivr.engine.run_flow import Talk
from ivr.flows.effects import RecordVoice
from ivr.flows.events import SpeechEnded
from ivr.flows.session import Session
from ivr.outcomes.response import Response
from tests.unit.engine.conftest import Engine
from tests.unit.engine.scripted import ScriptedCall, report
from tests.unit.flows.rehearsal import MARIA, flow_of, for_anyone

WANTED = RecordVoice(7, 60, 3, beep=True, end_key="#")


async def call_of(engine: Engine) -> ScriptedCall:
    await opened(engine)
    return ScriptedCall("call-1", report("call-1", engine.clock(), CallResult.ANSWERED))


async def opened(engine: Engine) -> None:
    """Begin with a row of the call."""
    row = NewCall("call-1", None, "inbound", "", "carrier", None, "flow", "v1", engine.clock())
    await engine.store.write(lambda tx: tx.calls.open(row))


@pytest.mark.parametrize(("seconds", "result"), [(2.5, "recorded"), (0.0, "empty"), (None, "failed")])
async def test_the_result_tells_what_was_kept(engine: Engine, seconds: float | None, result: str) -> None:
    facts, call = await engine.placed(), await call_of(engine)
    engine.recordings.seconds = [seconds]
    with capture_logs():
        done = await record_voice(engine.host(call, facts), WANTED)
    assert (done.effect_id, done.result) == (7, result)
    if result == "recorded":
        assert done.values == {"recording": recording_name("call-1", WANTED), "seconds": 2.5}


async def test_a_remark_is_kept_for_its_time_and_no_longer(engine: Engine) -> None:
    facts, call = await engine.placed(), await call_of(engine)
    engine.recordings.seconds = [2.5]
    await record_voice(engine.host(call, facts), WANTED)
    name = recording_name("call-1", WANTED)
    remark = await engine.store.read(lambda tx: tx.recordings.get(name))
    assert remark is not None
    assert (remark.kind, remark.call_id, remark.seconds) == (RecordingKind.REMARK, "call-1", 2.5)
    assert await prune_recordings(engine.world) == 0
    engine.clock.advance(days=90)
    assert await prune_recordings(engine.world) == 1
    assert engine.recordings.dropped == [name]


async def test_silence_is_not_kept(engine: Engine) -> None:
    facts, call = await engine.placed(), await call_of(engine)
    engine.recordings.seconds = [0.0]
    await record_voice(engine.host(call, facts), WANTED)
    assert engine.recordings.dropped == [recording_name("call-1", WANTED)]


async def test_a_switch_that_made_no_recording_fails_it(engine: Engine) -> None:
    facts, call = await engine.placed(), await call_of(engine)
    call.records = False
    assert (await record_voice(engine.host(call, facts), WANTED)).result == "failed"


async def test_what_a_dead_engine_had_begun_is_thrown_away(engine: Engine) -> None:
    facts, call = await engine.placed(), await call_of(engine)
    await forget_recording(engine.host(call, facts), WANTED)
    name = recording_name("call-1", WANTED)
    assert (call.discarded, engine.recordings.dropped) == ([name], [name])


def test_the_name_tells_nothing_of_the_call() -> None:
    name = recording_name("call-1", WANTED)
    assert "call" not in name
    assert name != recording_name("call-2", WANTED)


RECORDS = """
record:
  {type: record, prompt: speak, variable: remark, response: problem_reported, next: done, failed: failed}
done: {type: hangup, prompt: done}
failed: {type: hangup, prompt: failed}
"""
SPOKEN = for_anyone("speak", "done", "failed")


async def test_what_was_said_in_a_call_that_ended_unseen_is_kept(engine: Engine) -> None:
    await engine.placed()
    await opened(engine)
    session = Session(flow_of(RECORDS, SPOKEN), SPOKEN, MARIA, "en")
    talk = Talk(session.resume(session.start().state, SpeechEnded(1)).state)
    engine.recordings.seconds = [4.0]
    await end_talk(engine.world, engine.contents, "call-1", session, talk)
    [(response, details)] = talk.responses
    assert (response, len(str(details["recording"]))) == (Response.PROBLEM_REPORTED, 32)


@pytest.mark.parametrize("is_reviewed", [False, True])
async def test_what_was_said_too_late_to_settle_the_matter_settles_nothing(
    engine: Engine, is_reviewed: bool
) -> None:
    facts = await engine.placed()
    await opened(engine)
    alert_id, another, now = facts.alert.id, facts.attempt.id, engine.clock()
    assert await engine.store.write(lambda tx: tx.alerts.claim_settling(alert_id, another, now))
    nodes = RECORDS.replace("failed: failed}", "failed: failed, review: {prompt: speak}}", int(is_reviewed))
    given = {**MARIA, "alert": {"id": alert_id, "topic": "payments"}}
    session = Session(flow_of(nodes, SPOKEN), SPOKEN, given, "en")
    talk = Talk(session.resume(session.start().state, SpeechEnded(1)).state)
    engine.recordings.seconds = [4.0]
    await end_talk(engine.world, engine.contents, "call-1", session, talk)
    assert [response for response, _ in talk.responses] == [Response.HUNG_UP]
