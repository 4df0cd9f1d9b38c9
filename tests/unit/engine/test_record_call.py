"""A call is recorded where that is wanted and said; for secrets the recording pauses, or is thrown away."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from ivr.calls.call_result import CallResult
from ivr.calls.recording import Recording
from ivr.engine.call_recorder import CallRecorder
from ivr.engine.host import Host
from ivr.engine.keep_recordings import keep_recordings
from ivr.engine.record_call import begin_recording, go_on_recording, recording_name
from ivr.engine.run_flow import Talk, run_flow
from ivr.errors import AriUnavailableError
from ivr.flows.compliance import Place, Profile, RequiredSegment
from ivr.flows.session import Session
from ivr.rules.recording_terms import RecordingTerms
from tests.unit.engine.conftest import Engine
from tests.unit.engine.scripted import HEARD, ScriptedCall, keys, report
from tests.unit.flows.rehearsal import MARIA, flow_of, for_anyone

TERMS = RecordingTerms(keep=timedelta(days=30))
PROMPTS = for_anyone("hello", "pin", "more", "bye")
NODES = """
hello: {type: menu, prompt: hello, keys: {1: pin}}
pin: {type: gather, prompt: pin, variable: pin, secret: true, length: 4, next: more}
more: {type: menu, prompt: more, keys: {1: bye}}
bye: {type: hangup, prompt: bye}
"""
FLOW = flow_of(NODES, PROMPTS)
NOTICE = RequiredSegment(
    place=Place.RECORDED, meaning="that it is recorded", section="§1", date="2026-01-01", review="-"
)


@pytest.fixture
async def host(engine: Engine) -> Host:
    """A call that was answered just now."""
    facts = await engine.placed()
    call_id = facts.attempt.id
    call = ScriptedCall(call_id, report(call_id, engine.clock(), CallResult.ANSWERED))
    return engine.host(call, facts)


def call_on(host: Host) -> ScriptedCall:
    assert isinstance(host.call, ScriptedCall)
    return host.call


async def row_of(host: Host) -> Recording | None:
    return await host.world.store.read(lambda tx: tx.recordings.get(recording_name(host.call.call_id)))


async def test_a_call_without_terms_is_not_recorded(host: Host) -> None:
    assert await begin_recording(host, FLOW, None, "overdue") is None
    assert (await row_of(host), call_on(host).recorded) == (None, [])


async def test_the_recording_is_written_down_before_it_begins(host: Host, engine: Engine) -> None:
    assert await begin_recording(host, FLOW, TERMS, "overdue") is not None
    name, now = recording_name(host.call.call_id), engine.clock()
    row = await row_of(host)
    assert row is not None
    assert (row.id, row.rule, row.begun_at, row.keep_until) == (name, "overdue", now, now + TERMS.keep)
    assert call_on(host).recorded == [f"record {name}"]


async def test_a_call_that_the_switch_can_not_record_goes_on_and_its_recording_is_lost(
    host: Host, engine: Engine
) -> None:
    call_on(host).records = False
    with capture_logs() as logs:
        assert await begin_recording(host, FLOW, TERMS, None) is None
    row = await row_of(host)
    assert row is not None
    assert (row.ended_at is not None, row.seconds) == (True, None)
    assert [entry["log_level"] for entry in logs] == ["error"]
    # The switch may only have been late with its answer: nobody would pause what it records.
    assert (call_on(host).discarded, engine.recordings.dropped) == ([row.id], [row.id])


async def test_a_flow_that_does_not_say_it_is_not_recorded_where_its_profile_asks(
    host: Host, engine: Engine
) -> None:
    profile = Profile(name="land", segments={"recording": NOTICE})
    live = engine.contents.live
    engine.contents.go_live(replace(live, profiles={"land": profile}))
    silent = FLOW.model_copy(update={"profile": "land"})
    with capture_logs() as logs:
        assert await begin_recording(host, silent, TERMS, None) is None
    assert await row_of(host) is None
    assert [entry["segment"] for entry in logs] == ["recording"]
    says_so = silent.model_copy(update={"segments": {"recording": "hello"}})
    assert await begin_recording(host, says_so, TERMS, None) is not None


async def test_it_pauses_before_a_secret_is_asked_for_and_goes_on_when_it_was_keyed(host: Host) -> None:
    call, name = call_on(host), recording_name(host.call.call_id)
    recorder = await begin_recording(host, FLOW, TERMS, None)
    call.events = [*keys("11234"), HEARD, *keys("1"), HEARD]
    session = Session(FLOW, PROMPTS, MARIA, "en")
    await run_flow(replace(host, recorder=recorder), session, Talk(), host.world.clock())
    assert call.recorded == [f"record {name}", f"pause {name}", f"resume {name}"]


async def test_a_recording_that_does_not_pause_is_thrown_away(host: Host, engine: Engine) -> None:
    recorder = await begin_recording(host, FLOW, TERMS, None)
    assert recorder is not None
    call, name = call_on(host), recording_name(host.call.call_id)
    call.pauses = False
    with capture_logs():
        await recorder.heed(is_private=True)
    await recorder.heed(is_private=False)
    row = await row_of(host)
    assert row is not None
    assert (row.ended_at is not None, row.seconds) == (True, None)
    assert (call.discarded, engine.recordings.dropped) == ([name], [name])
    assert call.recorded[-1] == f"pause {name}", "nothing more is recorded of this call"


async def test_after_a_crash_it_goes_on_and_the_first_turn_says_whether_it_is_paused(host: Host) -> None:
    assert await go_on_recording(host) is None, "it was not recorded"
    await begin_recording(host, FLOW, TERMS, None)
    picked_up = await go_on_recording(host)
    assert isinstance(picked_up, CallRecorder)
    await picked_up.heed(is_private=False)
    name = recording_name(host.call.call_id)
    assert call_on(host).recorded[-2:] == [f"record {name}", f"resume {name}"]


async def test_a_recording_that_does_not_go_on_after_a_crash_is_thrown_away(
    host: Host, engine: Engine
) -> None:
    await begin_recording(host, FLOW, TERMS, None)
    call, name = call_on(host), recording_name(host.call.call_id)
    call.records = False
    with capture_logs() as logs:
        assert await go_on_recording(host) is None
    row = await row_of(host)
    assert row is not None
    assert (row.ended_at is not None, row.seconds) == (True, None)
    assert (call.discarded, engine.recordings.dropped) == ([name], [name])
    assert [entry["log_level"] for entry in logs] == ["error"]
    await engine.store.write(lambda tx: tx.calls.close(call.end))
    assert await keep_recordings(engine.world) == 0, "nothing of it is fetched later"


async def test_what_was_recorded_is_fetched_once_the_call_is_over_and_the_switch_is_done(
    host: Host, engine: Engine
) -> None:
    await begin_recording(host, FLOW, TERMS, None)
    name, end = recording_name(host.call.call_id), call_on(host).end
    assert await keep_recordings(engine.world) == 0, "the call is not over"
    await engine.store.write(lambda tx: tx.calls.close(end))
    engine.telephony.recording = {name}
    assert await keep_recordings(engine.world) == 0, "it is not whole"
    engine.telephony.recording = set()
    engine.recordings.seconds = [12.5]
    assert await keep_recordings(engine.world) == 1
    row = await row_of(host)
    assert row is not None
    assert (row.ended_at, row.seconds) == (end.ended_at, 12.5)
    assert await keep_recordings(engine.world) == 0


async def test_a_recording_that_the_switch_has_not_is_lost_and_that_is_said(
    host: Host, engine: Engine
) -> None:
    await begin_recording(host, FLOW, TERMS, None)
    await engine.store.write(lambda tx: tx.calls.close(call_on(host).end))
    engine.recordings.seconds = [None]
    with capture_logs() as logs:
        assert await keep_recordings(engine.world) == 0
    assert [entry["log_level"] for entry in logs] == ["error"]
    row = await row_of(host)
    assert row is not None
    assert (row.ended_at is not None, row.seconds) == (True, None)


async def test_while_the_switch_does_not_answer_it_is_left_for_the_next_time(
    host: Host, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(_name: str) -> bool:
        raise AriUnavailableError("nobody there")

    await begin_recording(host, FLOW, TERMS, None)
    await engine.store.write(lambda tx: tx.calls.close(call_on(host).end))
    monkeypatch.setattr(engine.telephony, "end_recording", away)
    with capture_logs():
        assert await keep_recordings(engine.world) == 0
    row = await row_of(host)
    assert row is not None
    assert row.ended_at is None
