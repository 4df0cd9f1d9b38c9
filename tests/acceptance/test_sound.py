"""What people hear is what was rendered, by the samples in their ear."""

from __future__ import annotations

import shutil
from pathlib import Path
from statistics import median

import numpy as np
import pytest
import soundfile

from ivr.carrier.sound_match import SAME, best_match
from ivr.prompts.segment import TextSegment
from ivr.speech.cache import SpeechCache, text_of
from tests.acceptance.bank import Bank
from tests.acceptance.conftest import OpenBank
from tests.acceptance.customers import Customers

pytestmark = pytest.mark.asterisk

PIECE_SECONDS = 0.4
LOUD = 0.05
"""Of full scale: a piece below this is a pause."""
QUESTION = (
    "Hello, this is Sample Bank, calling about a personal business matter.",
    "If you are Maria Lopez, press 1.",
    "If not, press 2.",
    "To stop these calls, press 9.",
)


def rendered(folder: Path, text: str) -> Path:
    """Return the sound file of a text from the speech cache."""
    [words] = [file for file in folder.glob("??/*.txt") if file.read_text("utf-8") == text]
    assert text_of(words.with_suffix(".wav")) == text
    return words.with_suffix(".wav")


def silenced(folder: Path, copy: Path) -> SpeechCache:
    """Return a speech cache with the same files, of the same lengths, and nothing to hear in them."""
    shutil.copytree(folder, copy)
    for file in copy.glob("??/*.wav"):
        samples, rate = soundfile.read(file)
        soundfile.write(file, samples * 0, rate, subtype="PCM_16")
    return SpeechCache(copy)


def likeness(heard: Path, played: Path) -> float:
    """Return how alike the middle one of all pieces is, from 0 to 1.

    Piece by piece, because a busy machine drops a packet of audio now and then, and what follows it is moved.
    """
    in_the_ear, _ = soundfile.read(heard, dtype="float64")
    samples, rate = soundfile.read(played, dtype="float64")
    length = int(rate * PIECE_SECONDS)
    pieces = [samples[start : start + length] for start in range(0, samples.size - length, length)]
    return median(best_match(in_the_ear, piece) for piece in pieces if np.abs(piece).max() > LOUD)


async def test_every_sentence_that_was_rendered_is_heard_at_the_other_end(
    bank: Bank, a_customer: Customers, speech_folder: Path
) -> None:
    maria = a_customer().records().expects(QUESTION[-1]).expects("We did not hear a key").hangs_up()
    await bank.calls(maria)
    await maria.call_is_over()
    heard = await maria.heard()
    matches = {text: likeness(heard, rendered(speech_folder, text)) for text in QUESTION}
    assert all(match >= SAME for match in matches.values()), matches
    never_said = rendered(speech_folder, "Thank you for telling us.")
    assert likeness(heard, never_said) < SAME


async def test_silence_is_not_taken_for_speech(
    open_bank: OpenBank, a_customer: Customers, speech_folder: Path, tmp_path: Path
) -> None:
    """The control of the test above: all is as there, but the files hold nothing to hear."""
    maria = a_customer().records().expects(QUESTION[-1]).hangs_up()
    async with open_bank() as bank:
        await bank.engine.world.speech.prepare([TextSegment(text, "en") for text in QUESTION])
    async with open_bank(cache=silenced(speech_folder, tmp_path / "silence")) as bank:
        await bank.calls(maria)
        await maria.call_is_over()
        heard = await maria.heard()
    matches = [likeness(heard, rendered(speech_folder, text)) for text in QUESTION]
    assert all(match < SAME / 2 for match in matches), matches
