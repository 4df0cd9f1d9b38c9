"""Speech made slower without a lower voice: pieces of it are laid over each other further apart.

The method is WSOLA (waveform similarity overlap-add). Each piece is taken from where the sound goes on most
alike, so that no period of the voice is broken. See docs/decisions/slower-by-stretching.md.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile

from ivr.errors import SpeechError
from ivr.speech.audio import TELEPHONE_RATE, Samples

SLOWER = 1.3
"""How much longer everything takes: 165 words a minute become 127."""

_PIECE = TELEPHONE_RATE * 30 // 1000
"""Samples of a piece: three periods of a deep voice."""
_STEP = _PIECE // 2
_SEARCH = TELEPHONE_RATE * 10 // 1000
"""How far aside of its place a piece may be taken: one period of a deep voice."""
_SILENT = 1e-9
"""Keeps silence from being divided by."""


def slow_down(source: Path, target: Path) -> None:
    """Write the telephone audio of `source`, said more slowly, to the WAV file `target`.

    Raises SpeechError, in a clause about "it", when it can't be read.
    """
    try:
        samples, _ = soundfile.read(source, dtype="float32")
    except (soundfile.LibsndfileError, OSError) as error:
        raise SpeechError(f"it can't be read as sound: {error}") from error
    soundfile.write(target, stretched(samples, SLOWER), TELEPHONE_RATE, subtype="PCM_16", format="WAV")


def stretched(samples: Samples, factor: float) -> Samples:
    """Return a sound that takes `factor` as long at the same pitch; a factor of 1 or more."""
    length = round(len(samples) * factor)
    pieces = -(-length // _STEP) + 1
    # Room for a first piece that begins before the sound, and for a last one that ends after it.
    around = np.pad(samples, (_STEP + _SEARCH, _PIECE + _SEARCH + _STEP))
    window = np.hanning(_PIECE + 1)[:-1].astype(np.float32)
    out = np.zeros((pieces + 1) * _STEP, np.float32)
    going_on = around[_SEARCH : _SEARCH + _PIECE]
    for number in range(pieces):
        place = round(number * _STEP / factor)
        start = place + _most_alike(around[place : place + _PIECE + 2 * _SEARCH], going_on)
        out[number * _STEP : number * _STEP + _PIECE] += window * around[start : start + _PIECE]
        going_on = around[start + _STEP : start + _STEP + _PIECE]
    slower: Samples = out[_STEP : _STEP + length]
    return slower


def _most_alike(region: Samples, going_on: Samples) -> int:
    """Return where in a region the piece begins that is most like how the last one goes on."""
    alike = np.correlate(region, going_on, "valid")
    energy = np.convolve(region.astype(np.float64) ** 2, np.ones(_PIECE), "valid")
    score: npt.NDArray[np.float64] = alike / np.sqrt(energy + _SILENT)
    return int(score.argmax())
