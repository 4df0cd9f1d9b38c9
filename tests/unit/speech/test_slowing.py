"""Slower speech is longer, and everything else about it stays: pitch, loudness, words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from ivr.errors import SpeechError
from ivr.speech.audio import TELEPHONE_RATE, Samples
from ivr.speech.slowing import SLOWER, slow_down, stretched


def voiced(hertz: float, seconds: float = 1.0) -> Samples:
    """Return a hum of several overtones, as a voice has them."""
    moments = np.arange(round(seconds * TELEPHONE_RATE)) / TELEPHONE_RATE
    overtones = sum(np.sin(2 * np.pi * hertz * n * moments) / n for n in range(1, 8))
    return (0.2 * np.asarray(overtones)).astype(np.float32)


def pitch_of(sound: Samples) -> float:
    """Return the fundamental by autocorrelation, in hertz."""
    middle = sound[len(sound) // 4 : len(sound) // 4 + 4000]
    alike = np.correlate(middle, middle, "full")[len(middle) - 1 :]
    lags = np.arange(len(alike))
    alike = np.where((lags >= 20) & (lags <= 120), alike, -np.inf)
    return float(TELEPHONE_RATE / alike.argmax())


@pytest.mark.parametrize("hertz", [85, 120, 210, 300])
def test_a_voice_keeps_its_pitch_and_takes_longer(hertz: float) -> None:
    usual = voiced(hertz)
    slower = stretched(usual, SLOWER)
    assert len(slower) == round(len(usual) * SLOWER)
    assert pitch_of(slower) == pytest.approx(pitch_of(usual), rel=0.02)


@pytest.mark.parametrize("hertz", [85, 210])
def test_its_loudness_never_flutters(hertz: float) -> None:
    slower = stretched(voiced(hertz), SLOWER)[1000:-1000]
    levels = np.sqrt(np.mean(slower[: len(slower) // 400 * 400].reshape(-1, 400) ** 2, axis=1))
    assert levels.min() > 0.85 * levels.max()


def test_what_comes_after_each_other_stays_in_its_order_and_silence_silent() -> None:
    silence = np.zeros(2000, np.float32)
    slower = stretched(np.concatenate([voiced(120, 0.5), silence, voiced(250, 0.5)]), SLOWER)
    assert pitch_of(slower[:5000]) == pytest.approx(120, rel=0.03)
    assert pitch_of(slower[-5000:]) == pytest.approx(250, rel=0.03)
    quiet = slower[round(4300 * SLOWER) : round(5700 * SLOWER)]
    assert np.abs(quiet).max() < 1e-4


@pytest.mark.parametrize("length", [0, 1, 100, 239])
def test_less_than_a_piece_is_stretched_too(length: int) -> None:
    assert len(stretched(voiced(120)[:length], SLOWER)) == round(length * SLOWER)


def test_a_file_becomes_a_longer_file_of_telephone_audio(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "usual.wav", voiced(120), TELEPHONE_RATE)
    slow_down(tmp_path / "usual.wav", tmp_path / "slow.wav")
    made = soundfile.info(tmp_path / "slow.wav")
    assert (made.samplerate, made.channels, made.subtype) == (TELEPHONE_RATE, 1, "PCM_16")
    assert made.duration == pytest.approx(SLOWER, rel=0.001)


def test_what_is_no_sound_is_refused(tmp_path: Path) -> None:
    (tmp_path / "usual.wav").write_bytes(b"nothing")
    with pytest.raises(SpeechError, match="can't be read as sound"):
        slow_down(tmp_path / "usual.wav", tmp_path / "slow.wav")
