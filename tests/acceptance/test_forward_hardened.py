"""Whatever a customer does on the way to passing an alert on: nothing goes where it was not meant to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from ivr.carrier.sound_match import SAME, heard_audio_matches
from ivr.engine.content import Content
from ivr.store.tables.recordings import recordings
from tests.acceptance.conftest import OpenBank
from tests.acceptance.customers import Customer, Customers
from tests.acceptance.phone import PhoneBook
from tests.acceptance.test_forward import (
    SAID,
    WITH_SILENCE,
    begins_to_pass_on,
    keys_in,
    of_both,
    passing_on,
    records_a_comment,
    rows_of,
)
from tests.asterisk_pair import AsteriskPair

__all__ = ["passing_on"]

pytestmark = [pytest.mark.asterisk, pytest.mark.full]

ANOTHER = "conf-placeintoconf"
NOTHING = "We did not hear a message"
SILENT = "We did not hear a key"


def at_the_comment(customer: Customer) -> Customer:
    """Come to the tone."""
    return begins_to_pass_on(customer).presses("1").hears_out("Please speak after the tone")


def at_the_number(customer: Customer) -> Customer:
    """Come to the question for the number."""
    return begins_to_pass_on(customer).presses("2").expects("Please key in the telephone number")


def at_the_read_back(customer: Customer) -> Customer:
    """Come to where a number is read back that nobody has."""
    return at_the_number(customer).presses("2025550147#").expects("The number is")


@pytest.mark.parametrize(
    ("comes_to", "keys", "heard"),
    [
        pytest.param(at_the_comment, "", NOTHING, id="nothing said"),
        pytest.param(records_a_comment, "", SILENT, id="silent at the review"),
        pytest.param(
            records_a_comment, "7 7 7 7", "We did not hear a message", id="wrong keys at the review"
        ),
        pytest.param(at_the_number, "", SILENT, id="silent at the number"),
        pytest.param(at_the_number, "911# 123# 900#", "we cannot pass this on", id="wrong numbers"),
        pytest.param(at_the_number, "* * * *", SILENT, id="begun anew for ever"),
        pytest.param(at_the_read_back, "", SILENT, id="silent at the read-back"),
        pytest.param(at_the_read_back, "7 7 7 7", "we cannot pass this on", id="wrong keys at the read-back"),
    ],
)
async def test_silence_and_wrong_keys_to_the_limit_pass_nothing_on(
    open_bank: OpenBank,
    a_customer: Customers,
    passing_on: Content,
    comes_to: Callable[[Customer], Customer],
    keys: str,
    heard: str,
) -> None:
    maria = comes_to(a_customer())
    for pressed in keys.split():
        maria.presses(pressed, wait=timedelta(seconds=1))
    maria.expects(heard).expects("Goodbye")
    async with open_bank(content=passing_on) as bank:
        await bank.calls(maria)
        await maria.call_is_over(within=WITH_SILENCE)
        story = await bank.story_after(maria)
    assert "forwarded" not in story.responses
    assert len(story.alerts) == 1


@pytest.mark.parametrize("comes_to", [at_the_comment, records_a_comment, at_the_number, at_the_read_back])
async def test_who_hangs_up_on_the_way_has_passed_nothing_on(
    open_bank: OpenBank,
    a_customer: Customers,
    passing_on: Content,
    comes_to: Callable[[Customer], Customer],
) -> None:
    maria = comes_to(a_customer()).hangs_up()
    async with open_bank(content=passing_on) as bank:
        await bank.calls(maria)
        await maria.call_is_over()
        story = await bank.story_after(maria)
    assert story.responses == ("hung_up",)
    assert story.alerts == (("open", None),)


async def test_what_was_said_until_somebody_hung_up_is_kept(
    open_bank: OpenBank, a_customer: Customers, passing_on: Content
) -> None:
    maria = at_the_comment(a_customer()).says(SAID).hangs_up()
    async with open_bank(content=passing_on) as bank:
        await bank.calls(maria)
        await maria.call_is_over()
        await bank.story_after(maria)
        [kept] = await rows_of(bank, recordings)
        assert bank.engine.world.recordings.file(kept.id).is_file()
    assert kept.seconds > 0


async def test_keys_that_are_pressed_ahead_of_every_question_pass_it_on(
    open_bank: OpenBank, a_customer: Customers, phone_book: PhoneBook, passing_on: Content
) -> None:
    ben = phone_book.somebody().answers().expects("has asked us to pass a message on").hangs_up()
    maria = begins_to_pass_on(a_customer())
    maria.presses(f"2{ben.number.removeprefix('+1')}#").expects("The number is").presses("1")
    maria.expects("We will call that number")
    async with open_bank(content=passing_on) as bank:
        await bank.calls(maria)
        await maria.call_is_over()
        await ben.call_is_over(within=WITH_SILENCE)
        story = await bank.story_once(maria, of_both)
    assert story.responses == ("forwarded",)


async def test_what_is_recorded_again_is_what_the_other_person_hears(
    open_bank: OpenBank,
    a_customer: Customers,
    phone_book: PhoneBook,
    passing_on: Content,
    asterisk_pair: AsteriskPair,
) -> None:
    ben = phone_book.somebody().records().answers()
    ben.expects("Maria Lopez has asked us to pass a message on to you").presses("1")
    ben.expects("This is what Maria Lopez says").expects("To talk to an agent").hangs_up()
    maria = at_the_comment(a_customer()).says(ANOTHER).presses("#").expects("To keep your message")
    maria.presses("2").hears_out("Please speak after the tone").says(SAID).presses("#")
    maria.expects("To keep your message").presses("3").expects("To keep your message").presses("1")
    keys_in(maria, ben).presses("1").expects("We will call that number")
    async with open_bank(content=passing_on) as bank:
        await bank.calls(maria)
        await maria.call_is_over()
        await ben.call_is_over(within=WITH_SILENCE)
        await bank.story_once(maria, of_both)
    sounds = asterisk_pair.carrier.installation.data_folder / "sounds/en"
    heard = await ben.heard()
    assert heard_audio_matches(heard, sounds / f"{SAID}.wav") > SAME
    assert heard_audio_matches(heard, sounds / f"{ANOTHER}.wav") < SAME


async def test_a_number_that_was_corrected_is_the_only_one_that_is_called(
    open_bank: OpenBank, a_customer: Customers, phone_book: PhoneBook, passing_on: Content
) -> None:
    wrong, ben = phone_book.somebody().answers(), phone_book.somebody().answers()
    ben.expects("has asked us to pass a message on").hangs_up()
    maria = keys_in(begins_to_pass_on(a_customer()).presses("2"), wrong).presses("2")
    keys_in(maria, ben).presses("1").expects("We will call that number")
    async with open_bank(content=passing_on) as bank:
        await bank.calls(maria)
        await maria.call_is_over()
        await ben.call_is_over(within=WITH_SILENCE)
        await bank.story_once(maria, of_both)
    assert wrong.calls() == ()
