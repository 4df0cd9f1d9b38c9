"""One call on real Asterisk, from the originate to its report."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from ivr.ari.client import AriClient
from ivr.calls.call_result import CallResult
from ivr.engine.telephony import SpeechBroke
from ivr.flows.events import HungUp, Pressed, SpeechEnded, TimedOut
from ivr.telephony.ari_call import AriCall
from ivr.telephony.ari_telephony import AriTelephony
from tests.asterisk.telephony.far_end import Numbers, Phone, answered, rings_and_picks_up

pytestmark = pytest.mark.asterisk


async def ended(call: AriCall) -> CallResult:
    async with asyncio.timeout(15):
        return (await call.wait_for_end()).result


async def keys(call: AriCall, count: int) -> str:
    pressed: list[str] = []
    while len(pressed) < count:
        event = await call.next_event(5)
        assert isinstance(event, Pressed | SpeechEnded)
        if isinstance(event, Pressed):
            pressed.append(event.digit)
    return "".join(pressed)


async def assert_nothing_is_left(
    client: AriClient, telephony: AriTelephony, calls: Sequence[AriCall]
) -> None:
    await asyncio.sleep(0.05)
    assert not client._dispatcher._by_channel
    assert not client._dispatcher._unclaimed
    assert not [call for call in calls if call.call_id in telephony.followers]


async def test_the_report_tells_what_the_network_did(
    client: AriClient, telephony: AriTelephony, numbers: Numbers, speech: Path
) -> None:
    call, phone = await answered(telephony, numbers, rings_and_picks_up)
    await call.play(1, [speech])
    assert await call.next_event(5) == SpeechEnded(1)
    await call.hang_up()
    report = await call.wait_for_end()

    assert phone.attempt_id == call.call_id
    assert report.result is CallResult.ANSWERED
    assert report.cause is not None
    assert report.cause.q850 == 16
    assert report.sip_call_id
    assert report.post_dial_delay is not None
    assert report.ring_seconds is not None
    assert 0.05 < report.ring_seconds < 5
    assert report.media.codec == "ulaw"
    assert report.media.packets_sent == pytest.approx(100, abs=10)
    await assert_nothing_is_left(client, telephony, [call])


async def test_a_key_cuts_the_speech(telephony: AriTelephony, numbers: Numbers, speech: Path) -> None:
    call, phone = await answered(telephony, numbers)
    await call.play(1, [speech, speech])
    await phone.press("3")
    assert await call.next_event(5) == Pressed("3")
    await call.stop_playing(1)
    await call.play(2, [speech])

    assert await call.next_event(6) == SpeechEnded(2)
    await call.hang_up()


async def test_keys_pressed_before_anybody_waits_are_kept_in_order(
    telephony: AriTelephony, numbers: Numbers, speech: Path
) -> None:
    call, phone = await answered(telephony, numbers)
    await call.play(1, [speech])
    await phone.press("1357*")
    await asyncio.sleep(2.5)

    assert await keys(call, 5) == "1357*"
    await call.hang_up()


async def test_two_speeches_are_heard_one_after_the_other(
    telephony: AriTelephony, numbers: Numbers, speech: Path
) -> None:
    call, _ = await answered(telephony, numbers)
    await call.play(1, [speech])
    await call.play(2, [speech])

    assert [await call.next_event(5), await call.next_event(5)] == [SpeechEnded(1), SpeechEnded(2)]
    await call.hang_up()


@pytest.mark.parametrize("position", [0, 1, 2])
@pytest.mark.parametrize("content", [None, b"", b"this is no sound"], ids=["missing", "empty", "no sound"])
async def test_a_file_that_can_not_be_played_is_told_wherever_it_stands(
    telephony: AriTelephony,
    numbers: Numbers,
    speech: Path,
    tmp_path: Path,
    position: int,
    content: bytes | None,
) -> None:
    """Asterisk itself tells it of the last one only."""
    broken = tmp_path / "broken.wav"
    if content is not None:
        broken.write_bytes(content)
    files = [speech, speech]
    files.insert(position, broken)
    call, _ = await answered(telephony, numbers)
    await call.play(1, files)

    assert await call.next_event(8) == SpeechBroke(1, position)
    await call.play(1, [speech])
    assert await call.next_event(5) == SpeechEnded(1)
    await call.hang_up()


async def test_a_hang_up_during_speech_is_an_ordinary_end(
    client: AriClient, telephony: AriTelephony, numbers: Numbers, speech: Path
) -> None:
    call, phone = await answered(telephony, numbers)
    await call.play(1, [speech])
    with capture_logs() as logs:
        await phone.hang_up()
        event = await call.next_event(5)
        while event == SpeechEnded(1):  # Asterisk ends the playback first
            event = await call.next_event(5)
    assert event == HungUp()
    assert not [entry for entry in logs if entry["log_level"] in ("warning", "error")]
    assert await ended(call) is CallResult.ANSWERED
    await call.play(2, [speech])
    await call.stop_playing(2)
    await call.hang_up()
    assert await call.next_event(None) == HungUp()
    await assert_nothing_is_left(client, telephony, [call])


async def test_busy_is_no_answer_at_all(telephony: AriTelephony, numbers: Numbers) -> None:
    async def is_busy(phone: Phone) -> None:
        await phone.hang_up(17)

    call = await telephony.place(numbers.order(is_busy))

    assert await call.wait_for_answer() is None
    assert await ended(call) is CallResult.BUSY
    assert await call.next_event(None) == HungUp()


async def test_ringing_out_frees_the_slot(
    client: AriClient, telephony: AriTelephony, numbers: Numbers
) -> None:
    async def rings(phone: Phone) -> None:
        await phone.ring()

    call = await telephony.place(numbers.order(rings, ring=3))

    assert await call.wait_for_answer() is None
    report = await call.wait_for_end()
    assert report.result is CallResult.NO_ANSWER
    assert report.ring_seconds is not None
    assert 0.5 < report.ring_seconds <= 3.5
    await assert_nothing_is_left(client, telephony, [call])


async def test_an_announcement_before_the_answer_starts_no_flow(
    telephony: AriTelephony, numbers: Numbers
) -> None:
    async def announces(phone: Phone) -> None:
        await phone.play("ss-noservice")
        await asyncio.sleep(1)
        await phone.hang_up(1)

    call = await telephony.place(numbers.order(announces))

    assert await call.wait_for_answer() is None
    report = await call.wait_for_end()
    assert report.result is CallResult.INVALID_NUMBER
    assert report.answered_at is None
    assert (report.ended_at - report.started_at).total_seconds() > 0.9


async def test_an_answer_after_early_media_is_the_answer(
    telephony: AriTelephony, numbers: Numbers, speech: Path
) -> None:
    async def announces_and_answers(phone: Phone) -> None:
        await phone.play("beep")
        await asyncio.sleep(1)
        await phone.answer()

    call = await telephony.place(numbers.order(announces_and_answers))

    assert await call.wait_for_answer() is not None
    await call.play(1, [speech])
    assert await call.next_event(5) == SpeechEnded(1)
    await call.hang_up()
    report = await call.wait_for_end()
    assert report.answered_at is not None
    assert (report.answered_at - report.started_at).total_seconds() > 0.9


async def test_giving_up_while_it_rings_cancels_the_call(telephony: AriTelephony, numbers: Numbers) -> None:
    async def rings(phone: Phone) -> None:
        await phone.ring()

    call = await telephony.place(numbers.order(rings))
    await asyncio.sleep(0.3)
    await call.hang_up()

    assert await ended(call) is CallResult.CANCELLED


async def test_the_switch_ends_a_call_that_lasts_too_long(
    telephony: AriTelephony, numbers: Numbers, speech: Path
) -> None:
    call = await telephony.place(numbers.order(rings_and_picks_up, longest=4))
    assert await call.wait_for_answer() is not None
    await call.play(1, [speech] * 5)

    async with asyncio.timeout(15):
        report = await call.wait_for_end()
    assert 3 < (report.ended_at - report.started_at).total_seconds() < 8


async def test_a_time_out_is_told_and_loses_no_key(telephony: AriTelephony, numbers: Numbers) -> None:
    call, phone = await answered(telephony, numbers)

    assert await call.next_event(0.05) == TimedOut()
    await phone.press("9")
    assert await call.next_event(5) == Pressed("9")
    await call.hang_up()
