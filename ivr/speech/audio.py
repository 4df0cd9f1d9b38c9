"""Any sound file becomes telephone audio: 8 kHz, mono, 16 bit, trimmed, of one loudness, not clipped."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import soundfile
import soxr

from ivr.errors import SpeechError

Samples = npt.NDArray[np.float32]

TELEPHONE_RATE = 8000
"""Samples per second of G.711."""

_LEVEL = 10 ** (-20 / 20)
"""RMS of the speech itself, pauses left out (ITU-T P.56 measures speech this way): -20 dBFS. A telephone
network's nominal -26 dBov is quiet on a mobile in the street; this leaves speech its peaks unclipped."""
_PEAK = 10 ** (-1 / 20)
"""No sample above -1 dBFS, so that companding and resampling on the way can't clip."""
_AUDIBLE = 10 ** (-50 / 20)
"""A file that never gets above this is taken for silence."""
_PAUSE_BELOW = 10 ** (-35 / 20)
"""A frame this far below the loudest one is no speech."""
_FRAME = TELEPHONE_RATE // 100
_LEAD = TELEPHONE_RATE * 3 // 100
"""Kept before the first and after the last speech, for soft beginnings and ends of words."""
PAUSE_SECONDS = 0.25
"""Silence put after each file: sentences are played one after the other."""
_TAIL = int(TELEPHONE_RATE * PAUSE_SECONDS)


def to_telephone_audio(source: Path, target: Path) -> None:
    """Write the sound of `source`, of any rate and format libsndfile reads, to the WAV file `target`.

    Raises SpeechError, in a clause about "it", when it can't be read or holds no sound.
    """
    soundfile.write(target, _levelled(_read(source)), TELEPHONE_RATE, subtype="PCM_16", format="WAV")


def spoken_seconds(source: Path) -> float:
    """Return the length of a sound file without the silence around it, 0 when it holds no sound.

    Raises SpeechError, in a clause about "it", when it can't be read.
    """
    samples = _read(source)
    if not _is_audible(samples):
        return 0.0
    return len(_spoken(samples)) / TELEPHONE_RATE


def join_telephone_audio(sources: Sequence[Path | None], target: Path) -> None:
    """Write the sounds of `sources` one after the other, without gaps, to the WAV file `target`.

    None is a short pause. Raises SpeechError as `to_telephone_audio` does.
    """
    pause = np.zeros(_TAIL, np.float32)
    pieces = [pause if source is None else _spoken(_read(source)) for source in sources]
    joined = _levelled(np.concatenate(pieces))
    soundfile.write(target, joined, TELEPHONE_RATE, subtype="PCM_16", format="WAV")


def _levelled(samples: Samples) -> Samples:
    """Return the speech alone, as loud as all speech, with silence after it."""
    is_speech = _speech_frames(samples)
    frames = _frame_levels(samples)
    level = float(np.sqrt(np.mean(frames[is_speech] ** 2)))
    spoken = _trimmed(samples, is_speech)
    gain = min(_LEVEL / level, _PEAK / float(np.abs(spoken).max()))
    return np.concatenate([spoken * np.float32(gain), np.zeros(_TAIL, np.float32)])


def _spoken(samples: Samples) -> Samples:
    return _trimmed(samples, _speech_frames(samples))


def _speech_frames(samples: Samples) -> npt.NDArray[np.bool_]:
    """Return which 10 ms hold speech; raises SpeechError when none does."""
    if not _is_audible(samples):
        raise SpeechError("it holds no sound")
    frames = _frame_levels(samples)
    is_speech: npt.NDArray[np.bool_] = frames > frames.max() * _PAUSE_BELOW
    return is_speech


def _is_audible(samples: Samples) -> bool:
    return bool(samples.size) and float(_frame_levels(samples).max()) >= _AUDIBLE


def _read(source: Path) -> Samples:
    """Return the file's sound, mono at the telephone rate."""
    try:
        channels, rate = soundfile.read(source, dtype="float32", always_2d=True)
    except (soundfile.LibsndfileError, OSError) as error:
        raise SpeechError(f"it can't be read as sound: {error}") from error
    mono: Any = channels.mean(axis=1)
    if not np.isfinite(mono).all():
        raise SpeechError("it can't be read as sound: some samples are no numbers")
    resampled: Samples = soxr.resample(mono, rate, TELEPHONE_RATE)
    return resampled


def _frame_levels(samples: Samples) -> Samples:
    """Return the RMS of each 10 ms; a last, shorter piece is filled with silence."""
    padded = np.pad(samples, (0, -len(samples) % _FRAME))
    levels: Samples = np.sqrt(np.mean(padded.reshape(-1, _FRAME) ** 2, axis=1))
    return levels


def _trimmed(samples: Samples, is_speech: npt.NDArray[np.bool_]) -> Samples:
    speech = np.flatnonzero(is_speech)
    start = max(0, int(speech[0]) * _FRAME - _LEAD)
    end = min(len(samples), (int(speech[-1]) + 1) * _FRAME + _LEAD)
    return samples[start:end]
