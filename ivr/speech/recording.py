"""Recordings as people have them become the recordings of prompts."""

from __future__ import annotations

from pathlib import Path

import soundfile

from ivr.errors import SpeechError
from ivr.speech.audio import PAUSE_SECONDS, spoken_seconds, to_telephone_audio

SHORTEST_SECONDS = 0.3
"""Less is a click or a slip: the shortest word takes longer."""
LONGEST_SECONDS = 120.0
"""Nobody listens longer on a telephone; it is a whole meeting or piece of music by mistake."""


def convert_recording(source: Path, target: Path) -> float:
    """Write a recording (WAV of any rate, MP3, FLAC, Ogg) to `target` as telephones play it.

    Returns its length in seconds, silence around it left out. Raises SpeechError, in a clause, when it can't
    be read, is silent, or is too short or too long to be a prompt; then nothing is at `target`.
    """
    try:
        seconds = float(soundfile.info(source).duration)
    except (soundfile.LibsndfileError, OSError):
        raise SpeechError("it can't be read as sound") from None
    if seconds > LONGEST_SECONDS:
        raise SpeechError(f"it takes {seconds:.0f} s, and a prompt at most {LONGEST_SECONDS:.0f} s")
    to_telephone_audio(source, target)
    seconds = float(soundfile.info(target).duration) - PAUSE_SECONDS
    if seconds < SHORTEST_SECONDS:
        target.unlink()
        raise SpeechError(f"there is sound for less than {SHORTEST_SECONDS} s, which is no word")
    return seconds


def seconds_said(recording: Path) -> float:
    """Return for how long somebody spoke in a recording of a call, 0 when it is no word.

    Raises SpeechError, in a clause, when it can't be read.
    """
    seconds = spoken_seconds(recording)
    return round(seconds, 2) if seconds >= SHORTEST_SECONDS else 0.0
