"""What is said on a call: heard, cut, refused, broken."""

from __future__ import annotations

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from ivr.ari.events import ChannelHangupRequest
from ivr.ari.values import PlaybackState
from ivr.engine.telephony import SpeechBroke
from ivr.errors import AriRefusedError, AriUnavailableError
from ivr.flows.events import Pressed, SpeechEnded, TimedOut
from ivr.telephony.ari_call import AriCall
from tests.unit.telephony.events import begun, channel, continuing, played, pressed, second
from tests.unit.telephony.scripted_ari import ScriptedAri, playback_of


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
