import asyncio
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from ivr.ari.events import ChannelHangupRequest
from ivr.ari.values import ChannelState, PlaybackState
from ivr.calls.call_result import CallResult
from ivr.engine.telephony import AgentTook, Outside, SpeechBroke
from ivr.errors import AriRefusedError, AriUnavailableError
from ivr.flows.effects import RecordVoice
from ivr.flows.events import EffectDone, HungUp, Pressed, SpeechEnded, TimedOut
from ivr.phone_number import PhoneNumber
from ivr.telephony.ari_call import AriCall
from ivr.telephony.cause_map import CauseOverrides
from tests.unit.telephony.events import (
    CALL,
    begun,
    channel,
    continuing,
    destroyed,
    dialled,
    in_app,
    is_up,
    not_recorded,
    played,
    pressed,
    recorded,
    second,
)
from tests.unit.telephony.scripted_ari import ScriptedAri


@pytest.fixture
def ari() -> ScriptedAri:
    return ScriptedAri()


@pytest.fixture
def dialling(ari: ScriptedAri) -> AriCall:
    causes = CauseOverrides(sip={486: CallResult.CONGESTION})
    return AriCall(ari, channel(ChannelState.DOWN), causes, lambda trunk, number: f"PJSIP/{number}@{trunk}")


@pytest.fixture
def call(dialling: AriCall) -> AriCall:
    """A call that is up."""
    for event in (is_up(1), in_app(1)):
        dialling.track.take(event)
    return dialling


@pytest.fixture
def file(tmp_path: Path) -> Path:
    sound = tmp_path / "a.wav"
    sound.touch()
    return sound


def playback_of(ari: ScriptedAri, index: int = -1) -> str:
    plays = [request for request in ari.sent if request.operation == "play"]
    return str(plays[index].params["playbackId"])


async def test_the_flow_starts_when_the_call_is_up_and_ours(dialling: AriCall) -> None:
    dialling.track.take(dialled(1, "PROGRESS"))
    dialling.track.take(is_up(2))
    before = dialling.is_answered
    dialling.track.take(in_app(3))

    assert (before, dialling.is_answered) == (False, True)
    assert await dialling.wait_for_answer() == second(2)


async def test_a_call_that_nobody_answers_ends_the_wait(dialling: AriCall) -> None:
    dialling.track.take(destroyed(9, 19, 480))

    assert await dialling.wait_for_answer() is None
    assert (await dialling.wait_for_end()).result is CallResult.UNREACHABLE


async def test_ringing_tells_no_answer_from_unreachable(dialling: AriCall) -> None:
    dialling.track.take(dialled(2, "RINGING"))
    dialling.track.take(destroyed(9, 19, 480))
    report = await dialling.wait_for_end()

    assert report.result is CallResult.NO_ANSWER
    assert (report.post_dial_delay, report.ring_seconds) == (2, 7)


async def test_a_trunk_may_mean_something_else_by_a_code(dialling: AriCall) -> None:
    dialling.track.take(destroyed(9, 17, 486))

    assert (await dialling.wait_for_end()).result is CallResult.CONGESTION


async def test_speech_that_asterisk_refuses_counts_as_heard(
    ari: ScriptedAri, call: AriCall, file: Path
) -> None:
    ari.answer("play", AriRefusedError(409, "not in the application"))
    await call.play(1, [file])

    assert await call.next_event(0) == SpeechEnded(1)


@pytest.mark.parametrize(("status", "is_fault"), [(404, False), (409, False), (500, True)])
async def test_somebody_who_hangs_up_just_before_speech_begins_is_no_fault(
    ari: ScriptedAri, call: AriCall, file: Path, status: int, is_fault: bool
) -> None:
    ari.answer("play", AriRefusedError(status, "no"))
    with capture_logs() as logs:
        await call.play(1, [file])

    assert bool([entry for entry in logs if entry["log_level"] in ("warning", "error")]) == is_fault


async def test_speech_that_got_no_answer_counts_as_heard(ari: ScriptedAri, call: AriCall, file: Path) -> None:
    ari.answer("play", AriUnavailableError("no answer"))
    await call.play(1, [file])

    assert await call.next_event(0) == SpeechEnded(1)


async def test_a_speech_is_heard_once(ari: ScriptedAri, call: AriCall, file: Path) -> None:
    await call.play(1, [file, file])
    for state in (PlaybackState.DONE, PlaybackState.DONE):
        call.track.take(played(2, playback_of(ari), state))

    assert [await call.next_event(0), await call.next_event(0)] == [SpeechEnded(1), TimedOut()]


async def test_speech_that_was_cut_tells_nothing_even_when_its_end_was_told_before(
    ari: ScriptedAri, call: AriCall, file: Path
) -> None:
    await call.play(1, [file])
    call.track.take(played(2, playback_of(ari)))
    call.track.take(pressed(2, "1"))
    await call.stop_playing(1)

    assert [await call.next_event(0), await call.next_event(0)] == [Pressed("1"), TimedOut()]


async def test_keys_that_are_no_keys_of_a_telephone_are_not_kept(call: AriCall) -> None:
    for digit in "A7B":
        call.track.take(pressed(2, digit))

    assert [await call.next_event(0), await call.next_event(0)] == [Pressed("7"), TimedOut()]


async def test_hanging_up_is_tried_again_when_nobody_knows_whether_it_worked(
    ari: ScriptedAri, call: AriCall
) -> None:
    ari.answer("hang_up", AriUnavailableError("no answer"))
    await call.hang_up()

    assert ari.operations == ["hang_up", "hang_up"]


async def test_nothing_is_asked_of_a_call_that_is_over(ari: ScriptedAri, call: AriCall, file: Path) -> None:
    call.track.take(destroyed(3))
    await call.play(1, [file])
    await call.stop_playing(1)
    await call.transfer(2, "agents")
    await call.hang_up()

    assert ari.sent == []
    assert await call.next_event(None) == HungUp()


async def test_a_transfer_first_ends_what_it_would_wait_behind(
    ari: ScriptedAri, call: AriCall, file: Path
) -> None:
    await call.play(1, [file])
    await call.transfer(2, "agents")

    assert ari.operations == ["play", "stop_playback", "set_variable", "set_variable", "continue_in_dialplan"]
    call.track.take(played(2, playback_of(ari)))
    call.track.take(pressed(3, "1"))
    call.track.take(in_app(4, "afterqueue", "TIMEOUT"))
    call.track.take(pressed(5, "2"))
    assert [await call.next_event(0), await call.next_event(0)] == [EffectDone(2, "no_agent"), Pressed("2")]


async def test_a_transfer_that_asterisk_refuses_fails(ari: ScriptedAri, call: AriCall) -> None:
    ari.answer("continue_in_dialplan", AriRefusedError(500, "no"))
    await call.transfer(2, "agents")

    assert await call.next_event(0) == EffectDone(2, "failed")


async def test_a_call_adopted_in_the_queue_keeps_its_place(ari: ScriptedAri, dialling: AriCall) -> None:
    dialling.track.take_stock(channel(running="Queue"), second(5))
    await dialling.transfer(2, "agents")
    dialling.track.take(in_app(6, "afterqueue", "CONTINUE"))

    assert ari.sent == []
    assert await dialling.next_event(0) == EffectDone(2, "done")


OUTSIDE = Outside(PhoneNumber("+12025550177"), "carrier", PhoneNumber("+12025550100"), 30, 600, "A-4711")


async def test_a_number_outside_is_dialled_by_way_of_the_dialplan(ari: ScriptedAri, call: AriCall) -> None:
    await call.transfer_out(2, OUTSIDE)
    told = {str(request.params["variable"]): request.params["value"] for request in ari.sent[:-1]}

    assert told == {
        "OUTSIDE": "PJSIP/+12025550177@carrier",
        "OUTSIDE_ID": "2",
        "OUTSIDE_CALLER_ID": "+12025550100",
        "OUTSIDE_REFERENCE": "A-4711",
        "OUTSIDE_SECONDS": "30",
        "OUTSIDE_LONGEST": "600",
    }
    assert ari.operations[-1] == "continue_in_dialplan"
    assert call.is_elsewhere
    call.track.take(in_app(6, "afterqueue", "NOANSWER"))
    assert await call.next_event(0) == EffectDone(2, "no_agent")
    assert not call.is_elsewhere


async def test_who_hangs_up_on_somebody_outside_was_connected(call: AriCall) -> None:
    await call.transfer_out(2, OUTSIDE)
    call.track.take(dialled(3, "", peer="leg", caller=CALL, number="12025550177@carrier"))
    call.track.take(dialled(4, "ANSWER", peer="leg", caller=CALL))
    call.track.take(pressed(5, "4"))
    call.track.take(destroyed(6))

    told = [await call.next_event(0) for _ in range(3)]
    assert told == [AgentTook(OUTSIDE.number, second(4)), EffectDone(2, "done"), HungUp()]
    assert call.track.taken_by == OUTSIDE.number


async def test_an_agent_whom_an_earlier_engine_saw_take_it_is_known_after_the_adoption(
    dialling: AriCall,
) -> None:
    dialling.track.take_stock(channel(running="Queue"), second(5))
    dialling.remember_taker("desk")
    await dialling.transfer(2, "agents")
    dialling.track.take(destroyed(6))

    assert [await dialling.next_event(0), await dialling.next_event(0)] == [EffectDone(2, "done"), HungUp()]
    assert (await dialling.wait_for_end()).taken_by == "desk"


async def test_a_call_that_is_outside_when_it_is_adopted_stays_there(
    ari: ScriptedAri, dialling: AriCall
) -> None:
    dialling.track.take_stock(channel(running="Dial"), second(5))
    assert dialling.is_elsewhere
    await dialling.transfer_out(2, OUTSIDE)
    dialling.track.take(in_app(6, "afterqueue", "ANSWER"))

    assert ari.operations == ["get_variable"], "who took it while no engine lived, the switch alone knows"
    assert await dialling.next_event(0) == AgentTook(OUTSIDE.number, second(6))
    assert await dialling.next_event(0) == EffectDone(2, "done")


async def test_who_is_on_the_way_back_when_the_call_is_adopted_is_waited_for(
    ari: ScriptedAri, dialling: AriCall
) -> None:
    dialling.track.take_stock(channel(running="Wait", context="come-back"), second(5))
    assert dialling.is_elsewhere
    ari.answer("get_variable", "ANSWER")
    await dialling.transfer_out(2, OUTSIDE)
    dialling.track.take(in_app(6, "afterqueue", "ANSWER"))

    told = [await dialling.next_event(0) for _ in range(2)]
    assert isinstance(told[0], AgentTook)
    assert told[1] == EffectDone(2, "done")


async def test_who_took_it_outside_before_the_adoption_is_known_by_the_switch(
    ari: ScriptedAri, dialling: AriCall
) -> None:
    dialling.track.take_stock(channel(running="Dial", context="outside-transfer"), second(5))
    ari.answer("get_variable", "ANSWER")
    await dialling.transfer_out(2, OUTSIDE)
    dialling.track.take(destroyed(7))

    told = [await dialling.next_event(0) for _ in range(3)]
    assert isinstance(told[0], AgentTook)
    assert told[1:] == [EffectDone(2, "done"), HungUp()], "it was taken once"
    assert (await dialling.wait_for_end()).taken_by == OUTSIDE.number


@pytest.mark.parametrize(
    ("begun", "status", "result"),
    [
        ("2", "ANSWER", "done"),
        ("2", "BUSY", "no_agent"),
        ("2", "CHANUNAVAIL", "failed"),
        ("1", "ANSWER", None),
    ],
)
async def test_the_switch_knows_what_came_of_a_number_that_an_earlier_engine_dialled(
    ari: ScriptedAri, call: AriCall, begun: str, status: str, result: str | None
) -> None:
    ari.answer("get_variable", begun, status)
    assert await call.back_from_outside(2, OUTSIDE.number) == result
    assert call.track.taken_by == (OUTSIDE.number if result == "done" else None)


async def test_a_number_that_was_never_dialled_has_come_to_nothing(ari: ScriptedAri, call: AriCall) -> None:
    ari.answer("get_variable", AriRefusedError(404, "get_variable"))
    assert await call.back_from_outside(2, OUTSIDE.number) is None


@pytest.mark.parametrize("is_taken_first", [True, False])
async def test_who_takes_it_outside_only_after_the_adoption_is_known(
    dialling: AriCall, is_taken_first: bool
) -> None:
    dialling.track.take_stock(channel(running="Dial", context="outside-transfer"), second(5))
    answer = dialled(6, "ANSWER", peer="leg", caller=CALL)
    if is_taken_first:
        dialling.track.take(answer)
    await dialling.transfer_out(2, OUTSIDE)
    if not is_taken_first:
        dialling.track.take(answer)
    dialling.track.take(destroyed(7))

    told = [await dialling.next_event(0) for _ in range(3)]
    assert isinstance(told[0], AgentTook)
    assert told[0].agent == OUTSIDE.number
    assert told[1:] == [EffectDone(2, "done"), HungUp()]
    assert (await dialling.wait_for_end()).taken_by == OUTSIDE.number


async def test_a_trunk_that_is_not_there_dials_nobody(ari: ScriptedAri) -> None:
    def no_trunk(trunk: str, number: str) -> str:
        raise ValueError(f"no trunk is called {trunk!r}")

    call = AriCall(ari, channel(), CauseOverrides(), no_trunk)
    await call.transfer_out(2, OUTSIDE)

    assert ari.sent == []
    assert await call.next_event(0) == EffectDone(2, "failed")


async def test_a_return_from_the_queue_that_nobody_told_is_noticed(call: AriCall) -> None:
    await call.transfer(2, "agents")
    call.track.take_stock(channel(running="Stasis"), second(5))

    assert await call.next_event(0) == EffectDone(2, "no_agent")


async def test_an_end_that_nobody_told_is_reported_with_what_is_known(
    ari: ScriptedAri, call: AriCall
) -> None:
    ari.answer("get_channel", AriRefusedError(404, "no such channel"))
    await call.look_again(None, second(60))
    report = await call.wait_for_end()

    assert (report.result, report.cause) == (CallResult.ANSWERED, None)
    assert (report.answered_at, report.ended_at) == (second(1), second(60))


async def test_a_switch_that_does_not_say_ends_no_call(ari: ScriptedAri, call: AriCall) -> None:
    ari.answer("get_channel", AriUnavailableError("no answer"))
    with pytest.raises(AriUnavailableError):
        await call.look_again(None, second(60))

    assert not call.is_over


async def test_speech_that_ended_unheard_of_is_told(ari: ScriptedAri, call: AriCall, file: Path) -> None:
    await call.play(1, [file])
    ari.answer("get_playback", AriRefusedError(404, "no such playback"))
    await call.look_again(channel(), second(9))

    assert await call.next_event(0) == SpeechEnded(1)


async def test_a_file_that_can_not_be_played_breaks_the_speech(
    ari: ScriptedAri, call: AriCall, file: Path
) -> None:
    await call.play(1, [file])
    call.track.take(played(2, playback_of(ari), PlaybackState.FAILED))

    assert [await call.next_event(0), await call.next_event(0)] == [SpeechBroke(1, 0), TimedOut()]


async def test_what_is_left_of_a_speech_that_broke_is_taken_off_the_line(
    ari: ScriptedAri, call: AriCall, file: Path
) -> None:
    await call.play(1, [file, file])
    playback_id = playback_of(ari)
    call.track.take(begun(2, playback_id, file))
    call.track.take(continuing(2, playback_id))

    assert await call.next_event(0) == SpeechBroke(1, 0)
    assert ari.operations[-1] == "stop_playback"
    call.track.take(played(2, playback_id))
    assert await call.next_event(0) == TimedOut()


async def test_a_key_after_a_speech_that_broke_cuts_it_off(
    ari: ScriptedAri, call: AriCall, file: Path
) -> None:
    await call.play(1, [file])
    call.track.take(played(2, playback_of(ari), PlaybackState.FAILED))
    call.track.take(pressed(2, "1"))
    await call.stop_playing(1)

    assert [await call.next_event(0), await call.next_event(0)] == [Pressed("1"), TimedOut()]


async def test_speech_that_a_hang_up_cuts_is_no_fault(ari: ScriptedAri, call: AriCall, file: Path) -> None:
    await call.play(1, [file])
    with capture_logs() as logs:
        call.track.take(ChannelHangupRequest(second(2), channel()))
        call.track.take(played(2, playback_of(ari), PlaybackState.FAILED))

    assert logs == []
    assert await call.next_event(0) == TimedOut(), "it was not heard to its end"


WANTED = RecordVoice(3, 60.0, 2.0, beep=True, end_key="4")


async def recording(call: AriCall) -> asyncio.Task[bool]:
    """Let a recording named `r` begin."""
    task = asyncio.create_task(call.record("r", WANTED))
    await asyncio.sleep(0)
    return task


async def test_a_recording_lasts_until_the_switch_has_it(ari: ScriptedAri, call: AriCall) -> None:
    task = await recording(call)
    call.track.take(recorded(9, "another"))
    call.track.take(recorded(9, "r"))

    assert await task
    assert ari.sent[0].params == {
        "name": "r",
        "format": "wav",
        "maxDurationSeconds": 60,
        "maxSilenceSeconds": 2,
        "ifExists": "fail",
        "beep": True,
        "terminateOn": "none",
    }


async def test_the_key_ends_a_recording_and_no_key_of_it_is_kept(ari: ScriptedAri, call: AriCall) -> None:
    task = await recording(call)
    for digit in "274":
        call.track.take(pressed(3, digit))
    await asyncio.sleep(0)
    call.track.take(recorded(4, "r"))
    call.track.take(pressed(5, "1"))

    assert await task
    assert ari.operations == ["record", "stop_recording"]
    assert [await call.next_event(0), await call.next_event(0)] == [Pressed("1"), TimedOut()]


async def test_a_hang_up_keeps_what_was_said(call: AriCall) -> None:
    task = await recording(call)
    call.track.take(recorded(4, "r"))
    call.track.take(destroyed(4))

    assert await task
    assert await call.next_event(0) == HungUp()


async def test_a_call_that_ends_unseen_ends_its_recording(ari: ScriptedAri, call: AriCall) -> None:
    task = await recording(call)
    ari.answer("get_channel", AriRefusedError(404, "no such channel"))
    await call.look_again(None, second(60))

    assert await task, "whether the switch has it is for the folder to say"


async def test_a_recording_that_ended_unheard_of_is_noticed(ari: ScriptedAri, call: AriCall) -> None:
    task = await recording(call)
    await call.look_again(channel(), second(8))
    assert not task.done()
    ari.answer("get_recording", AriRefusedError(404, "no such recording"))
    await call.look_again(channel(), second(9))

    assert await task


async def test_a_recording_that_fails_is_none(call: AriCall) -> None:
    task = await recording(call)
    with capture_logs() as logs:
        call.track.take(not_recorded(4, "r"))

    assert not await task
    assert [entry["event"] for entry in logs] == ["recording_failed"]


async def test_a_recording_that_asterisk_refuses_is_none(ari: ScriptedAri, call: AriCall) -> None:
    ari.answer("record", AriRefusedError(409, "bridged"))
    assert not await call.record("r", WANTED)


async def test_nobody_is_recorded_who_is_gone_or_with_an_agent(ari: ScriptedAri, call: AriCall) -> None:
    await call.transfer(2, "agents")
    assert not await call.record("r", WANTED)
    call.track.take(destroyed(3))
    assert not await call.record("r", WANTED)
    assert "record" not in ari.operations
