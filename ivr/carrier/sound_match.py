"""How much of what should have been played can be found in what was heard."""

from __future__ import annotations

from pathlib import Path
from statistics import median

import numpy as np
import soundfile
from numpy.typing import NDArray

Samples = NDArray[np.float64]

SAME = 0.85
"""At this and above the two are the same sound: one that went through mu-law scores above 0.95."""
_PIECE_SECONDS = 0.4
_LOUD = 0.05
"""Of full scale: a piece below this is a pause."""


def heard_audio_matches(heard: Path, played: Path) -> float:
    """Return how much of `played` is in `heard`, from 0 to 1; see `likeness`.

    Both are mono files of one sample rate, else ValueError. Silence, on either side, is 0.
    """
    heard_samples, heard_rate = _read(heard)
    played_samples, played_rate = _read(played)
    if heard_rate != played_rate:
        raise ValueError(
            f"{heard} has {heard_rate} Hz and {played} has {played_rate}; give files of one rate"
        )
    return likeness(heard_samples, played_samples, heard_rate)


def _read(file: Path) -> tuple[Samples, int]:
    samples, rate = soundfile.read(file, dtype="float64")
    if samples.ndim != 1:
        raise ValueError(f"{file} has {samples.shape[1]} channels; give a mono file")
    return samples, rate


def likeness(heard: Samples, played: Samples, rate: int) -> float:
    """Return how well the middle one of all pieces of `played` is found in `heard`, from 0 to 1.

    Piece by piece, because a busy machine drops a packet of audio now and then, and what follows it is moved.
    """
    length = int(rate * _PIECE_SECONDS)
    pieces = [played[start : start + length] for start in range(0, played.size - length + 1, length)]
    loud = [piece for piece in pieces if np.abs(piece).max() > _LOUD]
    return median(best_match(heard, piece) for piece in loud) if loud else best_match(heard, played)


def best_match(heard: Samples, played: Samples) -> float:
    """Return the highest correlation of `played` with a stretch of `heard` of its length, from 0 to 1.

    A `heard` that is shorter is taken as followed by silence, so a sound that was cut off scores less.
    """
    played = played - played.mean() if played.size else played
    energy = float(np.sum(played**2))
    if energy <= _SILENCE or not heard.size:
        return 0.0
    heard = np.pad(heard - heard.mean(), (0, max(0, played.size - heard.size)))
    size = 1 << (heard.size + played.size - 1).bit_length()
    spectrum = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(played, size))
    correlation = np.fft.irfft(spectrum, size)[: heard.size - played.size + 1]
    sums = np.concatenate([[0.0], np.cumsum(heard**2)])
    energies = sums[played.size :] - sums[: -played.size]
    loud = energies > max(_SILENCE, energy * _QUIETEST)
    if not loud.any():
        return 0.0
    return float(np.clip(np.max(correlation[loud] / np.sqrt(energies[loud] * energy)), 0.0, 1.0))


_SILENCE = 1e-9
"""Energy below which there is nothing to compare."""
_QUIETEST = 1e-4
"""A stretch 40 dB below what was played is noise, however alike."""
