"""What every engine has to do; the humming one of the tests is held to it as well."""

from __future__ import annotations

import asyncio
from pathlib import Path

import numpy as np
import pytest
import soundfile

from ivr.speech.engine import SpeechEngine, beginning
from ivr.speech.voice import Voice

ENGLISH = Voice("en")


@pytest.fixture(params=["tone_engine", "pyttsx3_engine"])
def engine(request: pytest.FixtureRequest) -> SpeechEngine:
    found: SpeechEngine = request.getfixturevalue(request.param)
    return found


def loudness(path: Path) -> float:
    samples, _ = soundfile.read(path)
    return float(np.sqrt(np.mean(samples**2)))


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


async def test_what_is_written_can_be_heard(engine: SpeechEngine, tmp_path: Path) -> None:
    await engine.synthesize("To pay now, press 1.", ENGLISH, tmp_path / "x.wav")
    assert loudness(tmp_path / "x.wav") > 0.02
    assert soundfile.info(tmp_path / "x.wav").duration > 0.8


async def test_a_long_text_is_spoken_to_its_end(engine: SpeechEngine, tmp_path: Path) -> None:
    await engine.synthesize("To pay now, press 1. " * 40, ENGLISH, tmp_path / "x.wav")
    assert soundfile.info(tmp_path / "x.wav").duration > 40


async def test_several_texts_at_once_are_all_spoken(engine: SpeechEngine, tmp_path: Path) -> None:
    texts = {f"{number}.wav": "Press " + "one " * number for number in (1, 5, 10)}
    await asyncio.gather(*(engine.synthesize(text, ENGLISH, tmp_path / name) for name, text in texts.items()))
    durations = [soundfile.info(tmp_path / name).duration for name in texts]
    assert durations == sorted(set(durations))


async def test_nothing_is_left_beside_the_target(engine: SpeechEngine, tmp_path: Path) -> None:
    await engine.synthesize("Goodbye.", ENGLISH, tmp_path / "x.wav")
    assert names_in(tmp_path) == ["x.wav"]


async def test_an_identity_stays_the_same(engine: SpeechEngine) -> None:
    assert engine.identities(ENGLISH) == engine.identities(ENGLISH) != engine.identities(Voice("es"))


def test_a_complaint_holds_the_beginning_of_its_text() -> None:
    assert beginning("Goodbye.") == "Goodbye."
    assert beginning("x" * 41) == "x" * 39 + "…"
