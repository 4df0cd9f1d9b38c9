"""An administrator records prompts and the bulletin by telephone; callers hear them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import LogCapture

from ivr.carrier.sound_match import SAME, heard_audio_matches
from ivr.engine.content_version import ContentVersion
from ivr.prompts.recordable import number_of
from tests.acceptance.bank import Bank, MovableClock
from tests.acceptance.callers import HOTLINE, PIN, closed_calls, settings_in, until
from tests.acceptance.conftest import OpenBank
from tests.acceptance.phone import PhoneBook, Somebody
from tests.asterisk_pair import STUDIO_CODE, AsteriskPair

pytestmark = [pytest.mark.asterisk, pytest.mark.timeout(300)]

GOODBYE = number_of("goodbye")
FIRST, SECOND = "conf-onlyperson", "tt-weasels"
"""What people say: sentences of Asterisk's voice, of three seconds."""


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
async def bank(
    open_bank: OpenBank, inbound_app: str, tmp_path: Path, clock: MovableClock
) -> AsyncIterator[Bank]:
    """A bank that can be called, with a studio, on published content."""
    async with open_bank(app=inbound_app, settings=settings_in(tmp_path), clock=clock) as bank:
        yield bank


def gets_in(ann: Somebody, number: str) -> Somebody:
    """Let somebody give the PIN, choose English and a number."""
    ann.expects("enter the studio's PIN").presses(f"{PIN}")
    ann.expects("To record in English").presses("1")
    return ann.expects("Enter the number of the prompt").presses(number)


def records(ann: Somebody, what: str) -> Somebody:
    """Let somebody speak after the tone, and end with the pound key."""
    return ann.hears_out("Speak after the tone").says(what).presses("#")


def sound(pair: AsteriskPair, name: str) -> Path:
    return pair.carrier.installation.data_folder / f"sounds/en/{name}.wav"


async def live(bank: Bank) -> ContentVersion:
    version = await bank.engine.store.read(lambda tx: tx.content.live())
    assert version is not None
    return version


async def is_live(bank: Bank, version: int) -> float:
    """Return how long it took until calls go by a version."""
    return await until(lambda: bank.engine.contents.live.version == version)


async def test_a_prompt_is_recorded_heard_made_again_accepted_and_heard_by_callers(
    bank: Bank, phone_book: PhoneBook, asterisk_pair: AsteriskPair
) -> None:
    ann = gets_in(phone_book.somebody().records(), GOODBYE).expects("The words are: Thank you.")
    records(ann, FIRST).expects("To put this on the air").presses("2")
    records(ann, SECOND).expects("To put this on the air").presses("1")
    ann.expects("Callers hear it from now on").expects("Enter the number of the prompt").hangs_up()
    await ann.dials(STUDIO_CODE)
    await ann.call_is_over()
    version = await live(bank)
    assert (version.id, version.author, version.note) == (2, "studio", "goodbye (en) recorded by phone")
    await is_live(bank, 2)
    own_voice = await ann.heard()
    for what in (FIRST, SECOND):
        assert heard_audio_matches(own_voice, sound(asterisk_pair, what)) > SAME, (
            "she heard each of them back"
        )

    ben = phone_book.somebody().records().expects("For our opening hours").presses("5")
    ben.expects("Thank you. Goodbye.")
    await ben.dials(HOTLINE)
    await ben.call_is_over()
    heard = await ben.heard()
    assert heard_audio_matches(heard, sound(asterisk_pair, SECOND)) > SAME
    assert heard_audio_matches(heard, sound(asterisk_pair, FIRST)) < SAME / 2
    rows = await closed_calls(bank, 2)
    assert [row.flow for row in rows] == ["studio", "front-desk"]


async def test_a_bulletin_is_on_the_air_for_the_next_caller_until_its_time_is_over(
    bank: Bank, phone_book: PhoneBook, asterisk_pair: AsteriskPair, clock: MovableClock
) -> None:
    ann = gets_in(phone_book.somebody(), "0#").expects("To put a bulletin on the air").presses("1")
    ann.expects("For how many hours").presses("2#")
    records(ann, FIRST).expects("To put this on the air").presses("1").expects("Callers hear it from now on")
    await ann.dials(STUDIO_CODE)
    call = await ann.has_heard("Callers hear it from now on")
    assert call.ended_at is None
    assert await is_live(bank, 2) < 30, "a minute is the promise; it takes a second on an idle machine"

    ben, cleo = phone_book.somebody().records(), phone_book.somebody().records()
    ben.expects("Thank you for calling Sample Bank").expects("For our opening hours").presses("5")
    await ben.dials(HOTLINE)
    await ben.call_is_over()
    assert heard_audio_matches(await ben.heard(), sound(asterisk_pair, FIRST)) > SAME
    assert ben.heard_words()[0].startswith("We have an announcement"), "these are its words, recorded"

    clock.advance(timedelta(hours=2))
    # Asterisk's clock is not moved, so that this call is over its time limit from the beginning.
    cleo.expects("Thank you for calling Sample Bank").expects("Goodbye")
    await cleo.dials(HOTLINE)
    await cleo.call_is_over()
    assert heard_audio_matches(await cleo.heard(), sound(asterisk_pair, FIRST)) < SAME / 2


@pytest.mark.full
async def test_a_bulletin_is_taken_off_the_air_by_telephone(bank: Bank, phone_book: PhoneBook) -> None:
    ann = gets_in(phone_book.somebody(), "0#").expects("To put a bulletin on the air").presses("1")
    ann.expects("For how many hours").presses("0#")
    records(ann, FIRST).expects("To put this on the air").presses("1").expects("Callers hear it from now on")
    ann.expects("Enter the number of the prompt").presses("0#").expects("To take it off the air").presses("2")
    ann.expects("No bulletin is on the air").hangs_up()
    await ann.dials(STUDIO_CODE)
    await ann.call_is_over()
    await is_live(bank, 3)
    assert (await live(bank)).note == "bulletin (en) taken off by phone"
    ben = phone_book.somebody().expects("Thank you for calling Sample Bank").hangs_up()
    await ben.dials(HOTLINE)
    await ben.call_is_over()
    assert ben.heard_words()[0] == "Thank you for calling Sample Bank."


@pytest.mark.full
async def test_what_is_no_speech_is_told_and_nothing_changes(bank: Bank, phone_book: PhoneBook) -> None:
    ann = gets_in(phone_book.somebody(), GOODBYE).hears_out("Speak after the tone")
    ann.expects("We did not hear anything").expects("Speak after the tone").hangs_up()
    await ann.dials(STUDIO_CODE)
    await ann.call_is_over()
    assert (await live(bank)).id == 1


async def test_three_wrong_pins_end_the_call_and_lock_the_studio_for_the_next_one(
    bank: Bank, phone_book: PhoneBook, clock: MovableClock
) -> None:
    eve = phone_book.somebody().expects("enter the studio's PIN")
    for wrong in ("111111#", "222222#"):
        eve.presses(wrong).expects("That is not the PIN").expects("enter the studio's PIN")
    eve.presses("333333#").expects("Goodbye")
    await eve.dials(STUDIO_CODE)
    assert (await eve.call_is_over()).ended_by == "far_end"
    ann = phone_book.somebody().expects("enter the studio's PIN").presses(PIN)
    ann.expects("The studio is locked after too many wrong PINs")
    await ann.dials(STUDIO_CODE)
    await ann.call_is_over()
    clock.advance(timedelta(minutes=10))
    late = gets_in(phone_book.somebody(), GOODBYE).expects("The words are").hangs_up()
    await late.dials(STUDIO_CODE)
    await late.call_is_over()


async def test_without_a_pin_the_studio_is_closed(
    open_bank: OpenBank, inbound_app: str, phone_book: PhoneBook, tmp_path: Path
) -> None:
    async with open_bank(app=inbound_app, settings=settings_in(tmp_path, pin="")):
        ann = phone_book.somebody().expects("enter the studio's PIN").presses(PIN)
        ann.expects("The studio is closed")
        await ann.dials(STUDIO_CODE)
        await ann.call_is_over()


STEPS = {
    "pin": "enter the studio's PIN",
    "language": "To record in English",
    "number": "Enter the number of the prompt",
    "words": "The words are",
    "take": "Speak after the tone",
    "review": "To put this on the air",
}


async def test_a_hang_up_at_any_step_is_an_ordinary_end_and_changes_nothing(
    bank: Bank, phone_book: PhoneBook, engine_log: LogCapture, subtests: pytest.Subtests
) -> None:
    people = {step: phone_book.somebody() for step in [*STEPS, "while it records"]}
    keys = {"pin": PIN, "language": "1", "number": GOODBYE}
    for there, person in people.items():
        for step, phrase in STEPS.items():
            person.expects(phrase)
            if step == there:
                person.hangs_up()
                break
            if step == "take":
                person.hears_out(phrase).says(SECOND)
                if there == "while it records":
                    person.hangs_up()
                    break
                person.presses("#")
            elif step in keys:
                person.presses(keys[step])
    await asyncio.gather(*(person.dials(STUDIO_CODE) for person in people.values()))
    for step, person in people.items():
        with subtests.test(step):
            assert (await person.call_is_over()).ended_by == "person"
    assert {row.call_result for row in await closed_calls(bank, len(people))} == {"answered"}
    assert (await live(bank)).id == 1, "nothing was accepted"
    assert [entry for entry in engine_log.entries if entry["log_level"] in ("error", "critical")] == []
