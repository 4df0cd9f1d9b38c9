"""Tones of the telephone network as audio, and under which names people play them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

SAMPLE_RATE = 8000
"""Hz: telephony."""
AMPLITUDE = 0.16
"""Of full scale, a frequency: about -13 dBm0 with mu-law's overload point at +3.17 dBm0."""

SIT_INTERCEPT = "tone/sit-intercept"
"""Special information tone for “not in service” (ITU-T E.180; segments of Telcordia SR-2275)."""
FAX_ANSWER = "tone/fax-answer"
"""CED: the called tone of a fax machine (ITU-T T.30, 4.3.3.1)."""
RINGBACK = "tone/ringback"
"""One ring as a caller hears it in North America."""

_KEYPAD_ROWS = {697: "123A", 770: "456B", 852: "789C", 941: "*0#D"}
_KEYPAD_COLUMNS = (1209, 1336, 1477, 1633)
"""Hz (ITU-T Q.23)."""
_KEY_MS = 100
_FADE_MS = 2
"""A soft edge against clicks, which would smear the spectrum."""

Samples = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Segment:
    """Some frequencies at once (none: silence) for a while."""

    frequencies_hz: tuple[float, ...]
    milliseconds: int


_TONES: Mapping[str, Sequence[Segment]] = {
    SIT_INTERCEPT: (Segment((913.8,), 274), Segment((1370.6,), 274), Segment((1776.7,), 380)),
    FAX_ANSWER: (Segment((2100.0,), 3000),),
    RINGBACK: (Segment((440.0, 480.0), 2000), Segment((), 500)),
}


def tone_samples(segments: Iterable[Segment]) -> Samples:
    """Return the segments one after the other as samples from -1 to 1."""
    return np.concatenate([_segment(segment) for segment in segments])


def _segment(segment: Segment) -> Samples:
    count = SAMPLE_RATE * segment.milliseconds // 1000
    moments = np.arange(count) / SAMPLE_RATE
    total = np.zeros(count)
    for frequency in segment.frequencies_hz:
        total += AMPLITUDE * np.sin(2 * np.pi * frequency * moments)
    fade = SAMPLE_RATE * _FADE_MS // 1000
    edge = np.minimum(1.0, np.minimum(np.arange(count), np.arange(count)[::-1]) / fade)
    return (total * edge).astype(np.float32)


def key_tone(key: str) -> str:
    """Return the name under which the tone of a key is played."""
    return f"tone/key-{ {'*': 'star', '#': 'pound'}.get(key, key) }"


def _key_segments(key: str) -> Sequence[Segment]:
    row, keys = next((row, keys) for row, keys in _KEYPAD_ROWS.items() if key in keys)
    column = _KEYPAD_COLUMNS[keys.index(key)]
    return Segment((float(row), float(column)), _KEY_MS), Segment((), _KEY_MS)


def all_tones() -> Mapping[str, Samples]:
    """Return every tone by its name."""
    keys = "".join(_KEYPAD_ROWS.values())
    return {name: tone_samples(segments) for name, segments in _TONES.items()} | {
        key_tone(key): tone_samples(_key_segments(key)) for key in keys
    }


def write_tones(folder: Path) -> None:
    """Write every tone as `<folder>/<name>.wav`, 8 kHz mono, 16 bit."""
    for name, samples in all_tones().items():
        file = folder / f"{name}.wav"
        file.parent.mkdir(parents=True, exist_ok=True)
        soundfile.write(file, samples, SAMPLE_RATE, subtype="PCM_16")
