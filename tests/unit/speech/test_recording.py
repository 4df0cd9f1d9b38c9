"""Recordings as people have them: taken when they are speech-length sound, refused with a reason."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import soundfile

from ivr.errors import SpeechError
from ivr.speech.recording import convert_recording, seconds_said


def tone(seconds: float, rate: int) -> npt.NDArray[np.float64]:
    return np.asarray(0.2 * np.sin(2 * np.pi * 440 * np.arange(int(seconds * rate)) / rate))


@pytest.mark.parametrize(
    ("suffix", "rate"), [("wav", 8000), ("wav", 48000), ("mp3", 44100), ("flac", 96000), ("ogg", 48000)]
)
def test_what_people_have_becomes_telephone_audio(tmp_path: Path, suffix: str, rate: int) -> None:
    source, target = tmp_path / f"goodbye.{suffix}", tmp_path / "out.wav"
    soundfile.write(source, np.stack([tone(1.5, rate)] * 2, axis=1), rate)
    assert convert_recording(source, target) == pytest.approx(1.5, abs=0.15)
    info = soundfile.info(target)
    assert (info.samplerate, info.channels, info.subtype) == (8000, 1, "PCM_16")


@pytest.mark.parametrize(
    ("samples", "why"),
    [
        (tone(0.1, 8000), "less than 0.3 s"),
        (tone(130, 8000), "it takes 130 s, and a prompt at most 120 s"),
        (np.zeros(16000), "it holds no sound"),
        (np.concatenate([np.zeros(16000), tone(0.1, 8000), np.zeros(16000)]), "less than 0.3 s"),
    ],
)
def test_what_is_no_prompt_is_refused(tmp_path: Path, samples: npt.NDArray[np.float64], why: str) -> None:
    soundfile.write(tmp_path / "x.wav", samples, 8000)
    with pytest.raises(SpeechError, match=why):
        convert_recording(tmp_path / "x.wav", tmp_path / "out.wav")
    assert not (tmp_path / "out.wav").exists()


@pytest.mark.parametrize("content", [None, b"", b"no sound"])
def test_what_is_no_sound_is_refused(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "x.wav").write_bytes(content)
    with pytest.raises(SpeechError, match="can't be read as sound"):
        convert_recording(tmp_path / "x.wav", tmp_path / "out.wav")


@pytest.mark.parametrize(
    ("samples", "seconds"),
    [
        (np.concatenate([np.zeros(8000), tone(1.5, 8000), np.zeros(24000)]), 1.5),
        (np.concatenate([np.zeros(8000), tone(0.1, 8000)]), 0),
        (np.zeros(8000), 0),
        (np.zeros(0), 0),
    ],
)
def test_how_long_somebody_spoke_leaves_silence_out(
    tmp_path: Path, samples: npt.NDArray[np.float64], seconds: float
) -> None:
    soundfile.write(tmp_path / "x.wav", samples, 8000)
    assert seconds_said(tmp_path / "x.wav") == pytest.approx(seconds, abs=0.1)
