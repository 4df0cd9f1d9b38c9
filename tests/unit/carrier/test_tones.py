from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile

from ivr.carrier.tones import (
    FAX_ANSWER,
    SAMPLE_RATE,
    SIT_INTERCEPT,
    Samples,
    all_tones,
    key_tone,
    write_tones,
)


def frequencies(samples: Samples, count: int) -> list[float]:
    """The `count` strongest frequencies, at least 20 Hz apart, lowest first."""
    spectrum = np.abs(np.fft.rfft(samples))
    found: list[float] = []
    for index in np.argsort(spectrum)[::-1]:
        frequency = float(index * SAMPLE_RATE / len(samples))
        if all(abs(frequency - other) > 20 for other in found):
            found.append(frequency)
        if len(found) == count:
            break
    return sorted(found)


@pytest.mark.parametrize(
    ("key", "pair"),
    [("1", (697, 1209)), ("5", (770, 1336)), ("#", (941, 1477)), ("*", (941, 1209)), ("D", (941, 1633))],
)
def test_a_key_is_a_tone_of_its_row_and_one_of_its_column(key: str, pair: tuple[int, int]) -> None:
    assert frequencies(all_tones()[key_tone(key)], 2) == pytest.approx(list(pair), abs=6)


def test_the_intercept_tone_rises_in_three_steps() -> None:
    samples = all_tones()[SIT_INTERCEPT]
    bounds = [0, 0.274, 0.548, 0.928]
    steps = [samples[int(a * SAMPLE_RATE) : int(b * SAMPLE_RATE)] for a, b in pairwise(bounds)]
    assert [frequencies(step, 1)[0] for step in steps] == pytest.approx([913.8, 1370.6, 1776.7], abs=4)


def test_a_fax_answers_with_2100_hz_for_three_seconds() -> None:
    samples = all_tones()[FAX_ANSWER]
    assert len(samples) == 3 * SAMPLE_RATE
    assert frequencies(samples, 1) == pytest.approx([2100], abs=1)


def test_tones_never_clip_and_begin_and_end_softly() -> None:
    for samples in all_tones().values():
        assert float(np.max(np.abs(samples))) < 0.5
        assert samples[0] == 0
        assert samples[-1] == 0


def test_tones_are_written_as_the_telephone_wants_them(tmp_path: Path) -> None:
    write_tones(tmp_path)
    info = soundfile.info(tmp_path / f"{key_tone('#')}.wav")
    assert (info.samplerate, info.channels, info.subtype) == (8000, 1, "PCM_16")
