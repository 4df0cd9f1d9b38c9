from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import soundfile

from ivr.prompts.segment import Segment, TextSegment
from ivr.speech.audio import TELEPHONE_RATE
from ivr.speech.call_audio import Stretch, write_call_audio


class Tones:
    """Speech whose every segment is two seconds of a level."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "tone.wav"
        soundfile.write(self._file, np.full(2 * TELEPHONE_RATE, 0.5, np.float32), TELEPHONE_RATE)

    async def files(self, segments: Sequence[Segment]) -> list[Path]:
        return [self._file for _ in segments]


HELLO = TextSegment("Hello.", "en")


@pytest.mark.parametrize(
    ("stretches", "seconds", "silent_from"),
    [
        ([Stretch((HELLO, HELLO))], 4, 4),
        ([Stretch((HELLO,), seconds=1)], 1, 1),
        ([Stretch((HELLO,)), Stretch(seconds=3)], 5, 2),
        ([], 0, 0),
    ],
)
async def test_what_is_said_and_silences_come_one_after_the_other(
    stretches: list[Stretch], seconds: int, silent_from: int, tmp_path: Path
) -> None:
    target = tmp_path / "call.wav"
    await write_call_audio(Tones(tmp_path), stretches, target)
    sound, rate = soundfile.read(target)
    assert (rate, len(sound)) == (TELEPHONE_RATE, seconds * TELEPHONE_RATE)
    assert (np.abs(sound) > 0.4).sum() == silent_from * TELEPHONE_RATE
