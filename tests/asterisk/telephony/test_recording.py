"""A person's voice on a real call: recorded, kept and heard again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import soundfile

from ivr.ari.client import AriClient
from ivr.ari.dispatcher import IncomingQueue
from ivr.ari.events import AriEvent, PlaybackFinished, RecordingStarted
from ivr.carrier.sound_match import SAME, heard_audio_matches
from ivr.flows.effects import RecordVoice
from ivr.flows.events import HungUp, Pressed, SpeechEnded
from ivr.speech.recording import seconds_said
from ivr.telephony.ari_call import AriCall
from ivr.telephony.ari_telephony import AriTelephony
from ivr.telephony.recordings import SpoolRecordings
from tests.asterisk.telephony.far_end import Numbers, Phone, answered
from tests.asterisk_pair import AsteriskPair

pytestmark = pytest.mark.asterisk

NAMES = [f"{number:032x}" for number in range(4)]


def wanted(*, silence: float = 5, longest: float = 30, beep: bool = False) -> RecordVoice:
    return RecordVoice(1, longest, silence, beep=beep, end_key="5")


@pytest.fixture
async def recordings(asterisk_pair: AsteriskPair, tmp_path: Path) -> AsyncIterator[SpoolRecordings]:
    recordings = SpoolRecordings(asterisk_pair.engine.recording_folder, tmp_path / "kept", seconds_said)
    yield recordings
    for name in NAMES:
        await recordings.drop(name)


@asynccontextmanager
async def being_recorded(
    client: AriClient, call: AriCall, name: str, order: RecordVoice
) -> AsyncIterator[asyncio.Task[bool]]:
    """Record from before the context begins, and see it end."""
    with client.events_for(call.call_id) as events:
        task = asyncio.create_task(call.record(name, order))
        await until(events, RecordingStarted)
    yield task
    async with asyncio.timeout(20):
        await task


async def says(phone: Phone, file: Path) -> None:
    """Speak to the end."""
    with phone.client.events_for(phone.channel_id) as events:
        await phone.play(str(file.with_suffix("")))
        await until(events, PlaybackFinished)


async def until(events: IncomingQueue, kind: type[AriEvent]) -> None:
    async with asyncio.timeout(10):
        while not isinstance(await events.get(), kind):
            pass


def length_of(file: Path) -> float:
    return float(soundfile.info(file).duration)


async def test_what_is_said_until_the_key_is_kept_and_no_key_of_it_comes_after(
    client: AriClient, telephony: AriTelephony, numbers: Numbers, recordings: SpoolRecordings, speech: Path
) -> None:
    call, phone = await answered(telephony, numbers)
    async with being_recorded(client, call, NAMES[0], wanted()) as recorded:
        await phone.press("7")
        await says(phone, speech)
        await phone.press("5")
    assert recorded.result()
    assert await recordings.take(NAMES[0]) == pytest.approx(length_of(speech), abs=0.3)
    assert heard_audio_matches(recordings.file(NAMES[0]), speech) > SAME
    await phone.press("2")
    assert await call.next_event(5) == Pressed("2")
    await call.play(9, [recordings.file(NAMES[0])])
    assert await call.next_event(5) == SpeechEnded(9)


async def test_silence_ends_it_after_the_beep(
    client: AriClient, telephony: AriTelephony, numbers: Numbers, recordings: SpoolRecordings, speech: Path
) -> None:
    call, phone = await answered(telephony, numbers)
    async with being_recorded(client, call, NAMES[1], wanted(silence=2, beep=True)):
        await says(phone, speech)
    assert 1 < await recordings.take(NAMES[1]) < length_of(speech), "what is said under the beep is lost"


async def test_nothing_said_is_nothing_kept(
    client: AriClient, telephony: AriTelephony, numbers: Numbers, recordings: SpoolRecordings
) -> None:
    call, _ = await answered(telephony, numbers)
    assert await call.record(NAMES[1], wanted(silence=1))
    assert await recordings.take(NAMES[1]) == 0


async def test_the_longest_time_ends_it(
    client: AriClient, telephony: AriTelephony, numbers: Numbers, recordings: SpoolRecordings, speech: Path
) -> None:
    call, phone = await answered(telephony, numbers)
    async with being_recorded(client, call, NAMES[2], wanted(longest=1)):
        await says(phone, speech)
        await says(phone, speech)
    # The switch counts whole seconds; without the limit all that was said would be there.
    assert 0.5 < await recordings.take(NAMES[2]) < 1.5 * length_of(speech)


async def test_a_hang_up_keeps_what_was_said_and_its_end_comes_first(
    client: AriClient, telephony: AriTelephony, numbers: Numbers, recordings: SpoolRecordings, speech: Path
) -> None:
    call, phone = await answered(telephony, numbers)
    async with being_recorded(client, call, NAMES[3], wanted()) as recorded:
        await says(phone, speech)
        await phone.hang_up()
    assert recorded.result()
    assert await recordings.take(NAMES[3]) == pytest.approx(length_of(speech), abs=0.3)
    assert await call.next_event(5) == HungUp()


async def test_what_another_engine_began_to_record_can_be_thrown_away(
    client: AriClient, telephony: AriTelephony, numbers: Numbers, recordings: SpoolRecordings, speech: Path
) -> None:
    call, _ = await answered(telephony, numbers)
    async with being_recorded(client, call, NAMES[0], wanted(silence=30)):
        await call.discard_recording(NAMES[0])
    await call.play(2, [speech])
    assert await call.next_event(5) == SpeechEnded(2)
    await recordings.drop(NAMES[0])
