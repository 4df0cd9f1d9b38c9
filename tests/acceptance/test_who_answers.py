"""Who or what answers: each hears what is meant for it, and the books say who it was.

The witness is the other side: the simulated people's log, what they heard and what their machine recorded.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from structlog.testing import LogCapture

from ivr.carrier.sound_match import SAME, heard_audio_matches
from ivr.engine.telephony import Listening
from ivr.store.reports import answer_score_lines
from tests.acceptance.bank import Bank
from tests.acceptance.conftest import SIMULATED, OpenBank
from tests.acceptance.customers import Customer, Customers
from tests.acceptance.test_sound import QUESTION
from tests.spoken import spoken

pytestmark = pytest.mark.asterisk

VOICEMAIL_BEEPS_HZ = (700,)
"""That of the simulated voicemail: Asterisk's own `beep`."""
MESSAGE = "Please call us at two zero two, five five five, zero one zero zero"
DETAILS = "A payment of forty-two dollars"
PRESSES_ONE = {"hears": "Maria Lopez, press 1", "press": "1"}
HANGS_UP_AT_THE_DETAILS = {"hears": DETAILS, "hang_up": True}


@pytest.fixture
async def bank(open_bank: OpenBank) -> AsyncIterator[Bank]:
    """A bank that listens who answers."""
    async with open_bank(line=replace(SIMULATED, listening=Listening(VOICEMAIL_BEEPS_HZ))) as bank:
        yield bank


@dataclass(frozen=True, slots=True)
class Ending:
    """What the books say of a call."""

    answered_by: str
    disposition: str
    verdict: str
    """What was heard of it at last."""


KINDS: dict[str, tuple[dict[str, Any], Ending]] = {
    "voicemail with a beep": (
        {"kind": "voicemail"},
        Ending("machine", "message_left", "machine"),
    ),
    "a fax machine": ({"kind": "fax"}, Ending("fax", "no_contact", "fax")),
    "the network": (
        {"kind": "intercept"},
        Ending("network_announcement", "no_contact", "network_announcement"),
    ),
    "a screener whom nobody follows": (
        {"kind": "screener"},
        Ending("screener", "no_contact", "screener"),
    ),
    "a screener, then the customer": (
        {"kind": "screener", "then": [PRESSES_ONE, HANGS_UP_AT_THE_DETAILS]},
        Ending("human", "hung_up", "screener"),
    ),
    "an office's menu": (
        {"kind": "auto_attendant"},
        Ending("auto_attendant", "no_contact", "auto_attendant"),
    ),
    "the customer, with a short hello": (
        {"kind": "answers", "then": [{"say": ["hello"]}, PRESSES_ONE, HANGS_UP_AT_THE_DETAILS]},
        Ending("human", "hung_up", "human"),
    ),
    "somebody who hangs up after a word": (
        {"kind": "answers", "then": [{"say": ["hello"]}, {"wait": "2s"}, {"hang_up": True}]},
        Ending("human", "hung_up", "human"),
    ),
}


async def test_each_kind_of_answerer_is_told_and_scored_against_what_came_of_it(
    bank: Bank, a_customer: Customers, subtests: pytest.Subtests, engine_log: LogCapture, speech_folder: Path
) -> None:
    people = {kind: a_customer().does(**does) for kind, (does, _) in KINDS.items()}
    await bank.calls(*people.values())
    stories = await asyncio.gather(*(bank.story_after(person) for person in people.values()))
    for (kind, (_, expected)), story in zip(KINDS.items(), stories, strict=True):
        with subtests.test(kind):
            verdicts = [step.detail["answered_by"] for step in story.steps if step.kind == "answered_by"]
            [row, *_] = story.calls
            first = story.line.dispositions[0].value
            assert Ending(row.answered_by.value, first, verdicts[-1]) == expected
            assert row.call_result.value == "answered"
            assert story.alerts[0][0] in ("open", "exhausted"), "nobody without a key settles anything"
            is_person = row.answered_by.value == "human"
            told = [words for words in people[kind].heard_words() if "payment" in words]
            assert is_person or not told, "the matter is told to nobody who has not pressed a key"
    with subtests.test("only the box that records is left a message"):
        left = {kind for kind, person in people.items() if any(MESSAGE in w for w in person.heard_words())}
        assert left == {"voicemail with a beep"}
        [call] = await people["voicemail with a beep"].ended_calls()
        assert call.message is not None
        assert message_matches(people["voicemail with a beep"], call.message, speech_folder) >= SAME
        assert call.ended_by == "far_end", "we hang up when all is said"
    with subtests.test("the trunk's matrix"):
        scores = await bank.engine.store.read(answer_score_lines)
        counts = {(line.verdict.value, line.aftermath.value): line.calls for line in scores}
        assert {line.trunk for line in scores} == {"carrier"}
        likely = {("human", "verified"), ("human", "hung_up"), ("machine", "no_key"), ("fax", "no_key")}
        assert likely <= counts.keys()
        assert ("screener", "verified") in counts, "a person whom the screener put through"
        assert ("machine", "verified") not in counts
    assert [entry for entry in engine_log.entries if entry["log_level"] in ("error", "warning")] == []


def message_matches(person: Customer, recorded: Path, speech_folder: Path) -> float:
    """Return how well the sentences that were played last are in what a machine recorded."""
    [text] = [words for words in person.heard_words() if MESSAGE in words][-1:]
    return heard_audio_matches(recorded, spoken(speech_folder, text))


def place_in(heard: Path, played: Path) -> float:
    """Return how many seconds into `heard` the sound `played` begins."""
    where, rate = soundfile.read(heard, dtype="float64")
    what, _ = soundfile.read(played, dtype="float64")
    size = 1 << (where.size + what.size - 1).bit_length()
    spectrum = np.fft.rfft(where, size) * np.conj(np.fft.rfft(what, size))
    return float(np.argmax(np.fft.irfft(spectrum, size)[: where.size]) / rate)


async def test_a_person_with_a_short_hello_hears_every_word_without_a_gap_and_loses_no_key(
    bank: Bank, a_customer: Customers, speech_folder: Path
) -> None:
    maria = a_customer().records().says("hello").expects(QUESTION[-1])
    maria.presses("1", wait=timedelta(seconds=0.2)).expects(DETAILS).hangs_up()
    await bank.calls(maria)
    await maria.call_is_over()
    heard = await maria.heard()
    sounds = [spoken(speech_folder, text) for text in QUESTION]
    matches = [heard_audio_matches(heard, sound) for sound in sounds[:-1]]
    assert all(match >= SAME for match in matches), matches
    begins = [place_in(heard, sound) for sound in sounds]
    assert begins[0] < 1.0, "the flow speaks at once"
    for sound, begun, following in zip(sounds, begins, begins[1:], strict=False):
        assert following - begun == pytest.approx(soundfile.info(sound).duration, abs=0.25)
    assert sum(QUESTION[0] in words for words in maria.heard_words()) == 1, "nothing is said twice"


@pytest.mark.full
async def test_voicemail_without_a_beep_that_we_know_is_told_by_two_silences(
    open_bank: OpenBank, a_customer: Customers, speech_folder: Path
) -> None:
    box = a_customer().does("voicemail")
    async with open_bank(line=replace(SIMULATED, listening=Listening())) as bank:
        await bank.calls(box)
        story = await bank.story_after(box)
    verdicts = [step.detail["answered_by"] for step in story.steps if step.kind == "answered_by"]
    assert verdicts == ["screener", "machine"]
    assert story.line.dispositions[0].value == "message_left"
    [call] = await box.ended_calls()
    assert call.message is not None
    assert message_matches(box, call.message, speech_folder) >= SAME


@pytest.mark.full
async def test_a_message_is_begun_anew_when_the_greeting_goes_on(bank: Bank, a_customer: Customers) -> None:
    box = a_customer().does("voicemail", greeting=["vm-theperson", "vm-isunavail", "beep", "vm-intro"])
    await bank.calls(box)
    story = await bank.story_after(box)
    assert story.line.dispositions[0].value == "message_left"
    begun = [words for words in box.heard_words() if words.startswith("This is Sample Bank")]
    assert len(begun) == 2
    assert sum(MESSAGE in words for words in box.heard_words()) >= 1


@pytest.mark.full
async def test_who_picks_up_while_the_machine_records_presses_a_key_and_talks(
    bank: Bank, a_customer: Customers
) -> None:
    maria = a_customer().says("vm-theperson", "vm-isunavail", "vm-intro", "beep")
    maria.expects(MESSAGE).presses("1").expects(DETAILS).hangs_up()
    await bank.calls(maria)
    await maria.call_is_over()
    story = await bank.story_after(maria)
    assert story.calls[0].answered_by.value == "human"
    assert story.disposition == "hung_up", "and no message was left"
    scores = await bank.engine.store.read(answer_score_lines)
    assert ("machine", "verified") in {(line.verdict.value, line.aftermath.value) for line in scores}


@pytest.mark.full
async def test_who_keeps_silent_is_asked_as_ever(bank: Bank, a_customer: Customers) -> None:
    ben = a_customer().answers()
    ben.expects("We did not hear a key").expects("If you are Maria Lopez, press 1").expects(MESSAGE)
    await bank.calls(ben)
    await ben.call_is_over(within=timedelta(seconds=100))
    story = await bank.story_after(ben)
    assert story.calls[0].answered_by.value == "unknown"
    assert story.disposition == "no_response"
