"""What becomes of people who are on the telephone, or whose telephone rings, when the engine is killed."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest
import soundfile

from ivr.carrier.person import Person
from ivr.carrier.sound_match import SAME, likeness
from ivr.clock import utc_now
from tests.chaos.conftest import customers, is_answered, killed_at_the_end, leads, until
from tests.chaos.engine_process import REPOSITORY
from tests.chaos.neighbourhood import number_of
from tests.chaos.world import CONTENT, chaos_world

pytestmark = [pytest.mark.asterisk, pytest.mark.timeout(240)]

LISTENS = {
    "number": number_of(0),
    "name": "Maria",
    "records": True,
    "does": {
        "kind": "answers",
        "then": [
            {"press": "1", "wait": "1s"},
            {"press": "2", "wait": "45s"},
            {"press": "2", "wait": "2s"},
        ],
    },
}
"""Says who she is, and three quarters of a minute later promises to pay within a week."""
PICKS_UP_LATE = {
    "number": number_of(1),
    "name": "Ben",
    "does": {"kind": "answers", "after": "40s", "then": [{"press": "1", "wait": "2s"}, {"press": "4"}]},
}
"""Lets it ring for 40 seconds, and says that he has paid already."""
SORRY = "We are sorry for the interruption."
DETAILS = "was due on"


async def test_they_are_picked_up_again_and_settle_by_key(
    home: Path, installed: Path, tmp_path: Path
) -> None:
    content = {
        "IVR_CONTENT__RULES": _patient_rules(tmp_path / "rules"),
        "IVR_CONTENT__FLOWS": _flows_that_may_be_recorded(tmp_path / "flows"),
    }
    people = [Person.model_validate(who) for who in (LISTENS, PICKS_UP_LATE)]
    async with chaos_world(home, installed, people) as world:
        maria, ben = await customers(world, 2)
        first = world.start_engine(20, **content)
        with killed_at_the_end(first), world.ledger() as ledger:
            await until(lambda: is_answered(world, maria) and bool(world.town.calls(ben)), "both calls")
            await until(lambda: bool(world.town.calls(maria)[-1].pressed), "Maria's first key")
            await until(lambda: ledger.has_checkpoint(maria), "her checkpoint")
            await asyncio.sleep(2)
            first.kill()
            killed_at = utc_now()
        second = world.start_engine(20, **content)
        with killed_at_the_end(second), world.ledger() as ledger:
            await leads(second)
            await until(lambda: not ledger.unfinished(), "the end of both matters", 120)

            assert ledger.attempt_row(maria).disposition == "promise_to_pay"
            assert ledger.attempt_row(ben).disposition == "right_party_contact"
            assert [len(world.town.calls(number)) for number in (maria, ben)] == [1, 1]
            assert len(second.log.moments("reconciled", fate="lives")) == 2
            await until(lambda: ledger.recording_of(maria) is not None, "the recording of the call")
            in_our_hands = world.home / "recordings" / f"{ledger.recording_of(maria)}.wav"
        answered_at = world.town.calls(maria)[-1].answered_at
        assert answered_at is not None
        recording, killed_after = await world.town.heard(maria), (killed_at - answered_at).total_seconds()
        for words in (SORRY, DETAILS):
            assert _heard_after(recording, killed_after, words, world.home / "speech"), words
            assert _heard_after(in_our_hands, killed_after, words, world.home / "speech"), "it went on"


def _patient_rules(folder: Path) -> str:
    """Return the run's content with a rule that lets it ring for long."""
    for file in CONTENT.rglob("*.yaml"):
        copy = folder / file.relative_to(CONTENT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = file.read_text("utf-8").replace("ring_timeout: 8s", "ring_timeout: 55s\nrecord: {keep: 1d}")
        copy.write_text(text, "utf-8")
    return str(folder)


def _flows_that_may_be_recorded(folder: Path) -> str:
    """Return the shipped flows, whose first words are to count as the notice of the recording."""
    shutil.copytree(REPOSITORY / "dialplans/flows", folder)
    file = folder / "payment-overdue.yaml"
    text = file.read_text("utf-8")
    segments = "  identification: overdue-identify\n"
    assert segments in text
    file.write_text(text.replace(segments, f"{segments}  recording: overdue-identify\n"), "utf-8")
    return str(folder)


def _heard_after(recording: Path, seconds: float, words: str, cache: Path) -> bool:
    """Whether a sentence with these words is in a recording, all of it after so many seconds."""
    samples, rate = soundfile.read(recording, dtype="float64")
    later = samples[int(seconds * rate) :]
    texts = [file for file in cache.glob("??/*.txt") if words in file.read_text("utf-8")]
    sounds = (soundfile.read(text.with_suffix(".wav"), dtype="float64")[0] for text in texts)
    return any(likeness(later, sound, rate) >= SAME for sound in sounds)
