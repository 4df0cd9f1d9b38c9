"""What people hear is what was rendered, by the samples in their ear."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import soundfile
from structlog.testing import LogCapture

from ivr.carrier.sound_match import SAME, heard_audio_matches
from ivr.prompts.segment import TextSegment
from ivr.speech.cache import SpeechCache
from tests.acceptance.bank import Bank
from tests.acceptance.conftest import OpenBank
from tests.acceptance.customers import Customers
from tests.spoken import spoken

pytestmark = pytest.mark.asterisk

QUESTION = (
    "Hello, this is Sample Bank, calling about a personal business matter.",
    "If you are Maria Lopez, press 1.",
    "If not, press 2.",
    "To stop these calls, press 9.",
)


def silenced(folder: Path, copy: Path) -> SpeechCache:
    """Return a speech cache with the same files, of the same lengths, and nothing to hear in them."""
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("unfinished"))
    for file in copy.glob("??/*.wav"):
        samples, rate = soundfile.read(file)
        soundfile.write(file, samples * 0, rate, subtype="PCM_16")
    return SpeechCache(copy)


async def test_every_sentence_that_was_rendered_is_heard_at_the_other_end(
    bank: Bank, a_customer: Customers, speech_folder: Path
) -> None:
    maria = a_customer().records().expects(QUESTION[-1]).expects("We did not hear a key").hangs_up()
    await bank.calls(maria)
    await maria.call_is_over()
    heard = await maria.heard()
    matches = {text: heard_audio_matches(heard, spoken(speech_folder, text)) for text in QUESTION}
    assert all(match >= SAME for match in matches.values()), matches
    never_said = spoken(speech_folder, "Thank you for telling us.")
    assert heard_audio_matches(heard, never_said) < SAME


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
    matches = [heard_audio_matches(heard, spoken(speech_folder, text)) for text in QUESTION]
    assert all(match < SAME / 2 for match in matches), matches


BEING_SAID, SAID_LATER = QUESTION[2], "We are sorry to have disturbed you."


def deleted(file: Path) -> None:
    """Harm a file in the plainest way."""
    file.unlink()


def spoilt(file: Path) -> None:
    """Write over the beginning of a file."""
    file.write_bytes(bytes(1000) + file.read_bytes()[1000:])


def cut_short(file: Path) -> None:
    """Leave a quarter of a file."""
    sound = file.read_bytes()
    file.write_bytes(sound[: len(sound) // 4])


@pytest.mark.parametrize(
    ("at_once", "later"), [(deleted, deleted), (spoilt, cut_short)], ids=["deletes", "corrupts"]
)
async def test_who_harms_a_sound_after_it_was_prepared_silences_nobody(
    open_bank: OpenBank,
    a_customer: Customers,
    tmp_path: Path,
    engine_log: LogCapture,
    at_once: Callable[[Path], None],
    later: Callable[[Path], None],
) -> None:
    """One sound stands on Asterisk's list already, behind what it plays; the other is not asked for yet."""
    folder = tmp_path / "speech"
    maria = a_customer().records().expects(QUESTION[0])
    maria.expects(BEING_SAID).expects(BEING_SAID)  # begun, and begun again
    maria.expects(QUESTION[-1]).presses("2").expects(SAID_LATER)
    async with open_bank(cache=SpeechCache(folder)) as bank:
        await bank.calls(maria)
        await maria.has_heard(QUESTION[0])
        whole = {text: tmp_path / f"{n}.wav" for n, text in enumerate((BEING_SAID, SAID_LATER))}
        for (text, copy), harm in zip(whole.items(), (at_once, later), strict=True):
            shutil.copy(spoken(folder, text), copy)
            harm(spoken(folder, text))
        call = await maria.call_is_over()
        heard = await maria.heard()
    matches = {text: heard_audio_matches(heard, copy) for text, copy in whole.items()}
    assert all(match >= SAME for match in matches.values()), matches
    told = [(entry["event"], entry["call"]) for entry in engine_log.entries if entry["log_level"] == "error"]
    assert told == [
        ("a sound could not be played, saying it again", call.attempt_id),
        ("a sound that was made can't be played, making it anew", call.attempt_id),
    ]
