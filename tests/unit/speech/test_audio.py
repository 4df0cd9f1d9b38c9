"""Whatever comes in, what goes out sounds alike on a telephone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import soundfile

from ivr.errors import SpeechError
from ivr.speech.audio import TELEPHONE_RATE, to_telephone_audio

Samples = npt.NDArray[np.float64]


def tone(seconds: float, amplitude: float = 0.3, rate: int = 22050) -> Samples:
    return np.asarray(amplitude * np.sin(2 * np.pi * 440 * np.arange(int(seconds * rate)) / rate))


def silence(seconds: float, rate: int = 22050) -> Samples:
    return np.zeros(int(seconds * rate))


@pytest.fixture
def convert(tmp_path: Path) -> Convert:
    return Convert(tmp_path)


class Convert:
    """Writes samples to a file and returns what became of them."""

    def __init__(self, folder: Path) -> None:
        self.source = folder / "source.wav"
        self.target = folder / "target.wav"

    def __call__(self, samples: Samples, rate: int = 22050) -> Samples:
        soundfile.write(self.source, samples, rate, subtype="FLOAT")
        to_telephone_audio(self.source, self.target)
        converted, _ = soundfile.read(self.target)
        return np.asarray(converted)


def level(samples: Samples) -> float:
    """Return dBFS of the loud half second in the middle of a one-second sound."""
    middle = samples[TELEPHONE_RATE // 4 : TELEPHONE_RATE * 3 // 4]
    return float(20 * np.log10(np.sqrt(np.mean(middle**2))))


@pytest.mark.parametrize("rate", [8000, 16000, 22050, 44100, 48000])
def test_the_format_is_what_a_telephone_takes(convert: Convert, rate: int) -> None:
    stereo = np.stack([tone(1, rate=rate), tone(1, rate=rate)], axis=1)
    convert(stereo, rate)
    info = soundfile.info(convert.target)
    assert (info.format, info.subtype, info.samplerate, info.channels) == ("WAV", "PCM_16", 8000, 1)


def test_silence_around_the_sound_is_cut_and_a_pause_follows(convert: Convert) -> None:
    converted = convert(np.concatenate([silence(2), tone(1), silence(3)]))
    assert len(converted) / TELEPHONE_RATE == pytest.approx(1 + 0.03 + 0.03 + 0.25, abs=0.03)
    assert np.abs(converted[-TELEPHONE_RATE // 5 :]).max() == 0


def test_a_pause_inside_the_sound_stays(convert: Convert) -> None:
    converted = convert(np.concatenate([tone(0.5), silence(1), tone(0.5)]))
    assert len(converted) / TELEPHONE_RATE > 2


@pytest.mark.parametrize("amplitude", [0.01, 0.1, 0.5, 1.0])
def test_quiet_and_loud_sounds_come_out_equally_loud(convert: Convert, amplitude: float) -> None:
    assert level(convert(tone(1, amplitude))) == pytest.approx(-20, abs=0.5)


def test_pauses_do_not_make_speech_louder(convert: Convert) -> None:
    halting = np.concatenate([tone(1), silence(4), tone(1)])
    assert level(convert(halting)) == pytest.approx(-20, abs=0.5)


def test_nothing_is_clipped(convert: Convert) -> None:
    clicks = np.full(22050, 0.001)
    clicks[::2205] = 1.0
    assert np.abs(convert(clicks)).max() < 0.95


def test_a_very_short_sound_is_no_trouble(convert: Convert) -> None:
    assert len(convert(tone(0.05))) > 0


@pytest.mark.parametrize("samples", [silence(1), silence(0), tone(1, amplitude=0.001)])
def test_silence_is_refused(convert: Convert, samples: Samples) -> None:
    with pytest.raises(SpeechError, match="holds no sound"):
        convert(samples)


def test_what_is_no_number_is_refused(convert: Convert) -> None:
    with pytest.raises(SpeechError, match="no numbers"):
        convert(np.full(100, np.nan))


@pytest.mark.parametrize("garbage", [b"", b"RIFF", b"\x00" * 5000, b"<html>not found</html>"])
def test_what_is_no_sound_file_is_refused(tmp_path: Path, garbage: bytes) -> None:
    (tmp_path / "x.wav").write_bytes(garbage)
    with pytest.raises(SpeechError, match="can't be read as sound"):
        to_telephone_audio(tmp_path / "x.wav", tmp_path / "y.wav")
    assert not (tmp_path / "y.wav").exists()


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SpeechError, match="can't be read"):
        to_telephone_audio(tmp_path / "x.wav", tmp_path / "y.wav")
