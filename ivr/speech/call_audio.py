"""A whole call as one sound file: what the person at the telephone would hear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from ivr.prompts.segment import Segment
from ivr.speech.audio import TELEPHONE_RATE, Samples
from ivr.speech.speech import Speech


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a call: something said, or silence."""

    segments: tuple[Segment, ...] = ()
    seconds: float | None = None
    """How much of it is heard, filled up with silence; None: all of it."""


async def write_call_audio(speech: Speech, stretches: Sequence[Stretch], target: Path) -> None:
    """Write the stretches one after the other to the WAV file `target`, in telephone quality."""
    sound = [await _sound_of(speech, stretch) for stretch in stretches]
    whole = np.concatenate([np.zeros(0, np.float32), *sound])
    soundfile.write(target, whole, TELEPHONE_RATE, subtype="PCM_16", format="WAV")


async def _sound_of(speech: Speech, stretch: Stretch) -> Samples:
    files = await speech.files(stretch.segments)
    read = [soundfile.read(file, dtype="float32")[0] for file in files]
    sound: Samples = np.concatenate([np.zeros(0, np.float32), *read])
    if stretch.seconds is None:
        return sound
    wanted = round(stretch.seconds * TELEPHONE_RATE)
    return np.pad(sound[:wanted], (0, max(0, wanted - len(sound))))
