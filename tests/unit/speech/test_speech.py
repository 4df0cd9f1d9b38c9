"""A call always gets a file with the right words on it, or an apology; never silence."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from structlog.testing import capture_logs

from ivr.prompts.segment import PAUSE, ClipSegment, JoinedSegment, Segment, TextSegment
from ivr.speech.apology import apology
from ivr.speech.cache import SpeechCache, text_of
from ivr.speech.pyttsx3_engine import Pyttsx3Engine
from ivr.speech.slowing import SLOWER
from ivr.speech.speech import Speech
from ivr.tempo import Tempo

if TYPE_CHECKING:
    from tests.unit.speech.conftest import ToneEngine

HELLO = TextSegment("Hello, this is Example Bank.", "en")
PRESS = TextSegment("To pay now, press 1.", "en")


@pytest.fixture
def cache(tmp_path: Path) -> SpeechCache:
    return SpeechCache(tmp_path / "cache")


@pytest.fixture
def speech(tone_engine: ToneEngine, cache: SpeechCache) -> Speech:
    return Speech(tone_engine, cache)


def recording(folder: Path, text: str = "Goodbye.") -> ClipSegment:
    path = folder / "goodbye.wav"
    soundfile.write(path, 0.1 * np.sin(np.arange(44100) / 20), 44100)
    return ClipSegment(path, text, "en")


async def test_each_segment_has_a_file_with_its_words(speech: Speech) -> None:
    files = await speech.files([HELLO, PRESS, HELLO])
    assert [text_of(file) for file in files] == [HELLO.text, PRESS.text, HELLO.text]
    assert files[0] == files[2]
    assert soundfile.info(files[0]).samplerate == 8000


async def test_what_was_prepared_is_not_spoken_again(speech: Speech, tone_engine: ToneEngine) -> None:
    await speech.prepare([HELLO, PRESS, HELLO])
    await speech.files([HELLO, PRESS])
    assert sorted(tone_engine.spoken) == [HELLO.text, PRESS.text]


async def test_a_text_asked_for_twice_at_once_is_spoken_once(speech: Speech, tone_engine: ToneEngine) -> None:
    await asyncio.gather(speech.prepare([HELLO]), speech.files([HELLO]), speech.files([HELLO]))
    assert tone_engine.spoken == [HELLO.text]


async def test_another_language_is_another_file(speech: Speech) -> None:
    files = await speech.files([TextSegment("Normal.", "en"), TextSegment("Normal.", "es")])
    assert files[0] != files[1]


async def test_what_is_to_be_slow_is_the_usual_sound_for_longer_and_needs_no_engine_once_that_is_there(
    speech: Speech, tone_engine: ToneEngine, tmp_path: Path
) -> None:
    usual: list[Segment] = [HELLO, recording(tmp_path)]
    slow: list[Segment] = [replace(segment, tempo=Tempo.SLOW) for segment in usual]
    await speech.prepare(usual)
    before, after = await speech.files(usual), await speech.files(slow)
    for file, slower, segment in zip(before, after, usual, strict=True):
        assert text_of(slower) == segment.text
        assert soundfile.info(slower).duration == pytest.approx(
            soundfile.info(file).duration * SLOWER, rel=0.01
        )
    assert tone_engine.spoken == [HELLO.text]
    assert await speech.files(slow) == after


async def test_a_slow_sound_that_is_lost_or_can_not_be_made_is_heard_all_the_same(
    speech: Speech, tone_engine: ToneEngine
) -> None:
    slow = replace(HELLO, tempo=Tempo.SLOW)
    (file,) = await speech.files([slow])
    assert await speech.instead(slow, [file]) == file
    tone_engine.broken = {PRESS.text}
    assert await speech.files([replace(PRESS, tempo=Tempo.SLOW)]) == [apology("en")]


async def test_a_recording_is_made_fit_for_the_telephone(speech: Speech, tmp_path: Path) -> None:
    (file,) = await speech.files([recording(tmp_path)])
    assert text_of(file) == "Goodbye."
    assert soundfile.info(file).samplerate == 8000


async def test_a_recording_made_anew_is_heard(speech: Speech, tmp_path: Path) -> None:
    (before,) = await speech.files([recording(tmp_path)])
    clip = recording(tmp_path)
    soundfile.write(tmp_path / "goodbye.wav", 0.1 * np.sin(np.arange(22050) / 20), 22050)
    (after,) = await speech.files([clip])
    assert before != after


@pytest.mark.parametrize("content", [None, b"no sound"])
async def test_a_recording_that_can_not_be_played_is_spoken(
    speech: Speech, tmp_path: Path, tone_engine: ToneEngine, content: bytes | None
) -> None:
    path = tmp_path / "goodbye.wav"
    if content is not None:
        path.write_bytes(content)
    with capture_logs() as logs:
        (file,) = await speech.files([ClipSegment(path, "Goodbye.", "en")])
    assert text_of(file) == "Goodbye."
    assert tone_engine.spoken == ["Goodbye."]
    assert [entry["log_level"] for entry in logs] == ["error"]


@pytest.mark.parametrize("harm", ["delete", "empty", "no sound", "cut short"])
async def test_a_sound_that_was_made_and_then_lost_or_broken_is_made_anew_and_told(
    speech: Speech, tone_engine: ToneEngine, harm: str
) -> None:
    (file,) = await speech.files([HELLO])
    made = file.read_bytes()
    if harm == "delete":
        file.unlink()
    else:
        file.write_bytes({"empty": b"", "no sound": b"nothing", "cut short": made[:1000]}[harm])
    with capture_logs() as logs:
        assert await speech.files([HELLO]) == [file]
    assert file.read_bytes() == made
    assert tone_engine.spoken == [HELLO.text, HELLO.text]
    assert [(entry["log_level"], HELLO.text[:20] in entry["error"]) for entry in logs] == [("error", True)]


async def test_a_sound_that_was_never_made_is_made_without_a_complaint(speech: Speech) -> None:
    with capture_logs() as logs:
        await speech.files([HELLO])
    assert logs == []


async def test_a_sound_that_could_not_be_played_is_made_anew_then_an_apology_has_to_do(
    speech: Speech, tone_engine: ToneEngine
) -> None:
    (file,) = await speech.files([HELLO])
    with capture_logs() as logs:
        assert await speech.instead(HELLO, [file]) == file
    assert logs == [], "whoever asks has told it"
    assert tone_engine.spoken == [HELLO.text, HELLO.text]
    assert await speech.instead(HELLO, [file, file]) == apology("en")
    assert await speech.instead(HELLO, [file, file, apology("en")]) is None


async def test_a_recording_that_could_not_be_played_is_made_anew_from_its_source(
    speech: Speech, tmp_path: Path
) -> None:
    clip = recording(tmp_path)
    (file,) = await speech.files([clip])
    assert await speech.instead(clip, [file]) == file
    assert soundfile.info(clip.file).samplerate == 44100


async def test_no_file_outside_the_cache_is_ever_taken_away(speech: Speech) -> None:
    await speech.instead(HELLO, [apology("en")])
    assert soundfile.info(apology("en")).frames > 0


async def test_an_apology_is_heard_for_what_can_not_be_spoken(
    speech: Speech, tone_engine: ToneEngine
) -> None:
    tone_engine.broken.add(HELLO.text)
    with capture_logs() as logs:
        files = await speech.files([HELLO, PRESS])
    assert files[0] == apology("en")
    assert text_of(files[1]) == PRESS.text
    assert [(entry["log_level"], HELLO.text[:20] in entry["error"]) for entry in logs] == [("error", True)]


async def test_an_apology_is_heard_when_the_disk_is_full(
    speech: Speech, cache: SpeechCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cache, "store", full)
    with capture_logs() as logs:
        assert await speech.files([HELLO]) == [apology("en")]
    assert "No space left" in logs[0]["error"]


async def test_preparing_goes_on_after_a_failure_and_tells_it(
    speech: Speech, tone_engine: ToneEngine
) -> None:
    tone_engine.broken.add(HELLO.text)
    with capture_logs() as logs:
        await speech.prepare([HELLO, PRESS])
    assert len(logs) == 1
    await speech.files([PRESS])
    assert tone_engine.spoken.count(PRESS.text) == 1


async def test_what_failed_once_is_tried_again(speech: Speech, tone_engine: ToneEngine) -> None:
    tone_engine.broken.add(HELLO.text)
    await speech.files([HELLO])
    tone_engine.broken.clear()
    (file,) = await speech.files([HELLO])
    assert text_of(file) == HELLO.text


async def test_closing_closes_the_engine(speech: Speech, tone_engine: ToneEngine) -> None:
    await speech.close()
    assert tone_engine.closed


async def test_real_speech_is_heard_and_told_apart(pyttsx3_engine: Pyttsx3Engine, cache: SpeechCache) -> None:
    speech = Speech(pyttsx3_engine, cache)
    files = await speech.files([HELLO, PRESS])
    sounds = [soundfile.read(file)[0] for file in files]
    assert all(np.sqrt(np.mean(sound**2)) > 0.03 for sound in sounds)
    length = min(map(len, sounds))
    assert abs(np.corrcoef(sounds[0][:length], sounds[1][:length])[0, 1]) < 0.5


@pytest.fixture
def clips(tmp_path: Path) -> Path:
    folder = tmp_path / "clips" / "en" / "digits"
    folder.mkdir(parents=True)
    for name, pitch in (("4", 300), ("2", 500)):
        tone = 0.2 * np.sin(2 * np.pi * pitch * np.arange(8000) / 8000)
        soundfile.write(folder / f"{name}.wav", np.concatenate([np.zeros(4000), tone, np.zeros(4000)]), 8000)
    return tmp_path / "clips"


async def test_clips_are_joined_to_one_sound_without_gaps(
    tone_engine: ToneEngine, cache: SpeechCache, clips: Path
) -> None:
    speech = Speech(tone_engine, cache, clips=clips)
    (joined,) = await speech.files([JoinedSegment(("digits/4", "digits/2"), "four two", "en")])
    assert text_of(joined) == "four two"
    assert tone_engine.spoken == []
    assert 2.2 < soundfile.info(joined).duration < 2.5
    (paused,) = await speech.files([JoinedSegment(("digits/4", PAUSE, "digits/2"), "four, two", "en")])
    assert soundfile.info(paused).duration - soundfile.info(joined).duration == pytest.approx(0.25)


@pytest.mark.parametrize("there", [True, False])
async def test_a_value_with_a_missing_clip_is_spoken_as_a_whole(
    tone_engine: ToneEngine, cache: SpeechCache, clips: Path, there: bool
) -> None:
    speech = Speech(tone_engine, cache, clips=clips if there else None)
    with capture_logs() as logs:
        await speech.files([JoinedSegment(("digits/4", "digits/3"), "four three", "en")])
    assert tone_engine.spoken == ["four three"]
    assert [entry["log_level"] for entry in logs] == ["error"]


async def test_the_engine_is_given_the_pronunciation_and_people_read_the_words(
    speech: Speech, tone_engine: ToneEngine
) -> None:
    (file,) = await speech.files([TextSegment("Your IBAN.", "en", pronounced="Your eye ban.")])
    assert tone_engine.spoken == ["Your eye ban."]
    assert text_of(file) == "Your IBAN."


async def test_another_pronunciation_or_voice_is_another_sound(speech: Speech) -> None:
    plain = TextSegment("Hello.", "en")
    segments = [plain, TextSegment("Hello.", "en", pronounced="Hullo."), TextSegment("Hello.", "en", "calm")]
    assert len(set(await speech.files(segments))) == 3
