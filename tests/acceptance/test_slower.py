"""Who can't follow presses a key, and is spoken to more slowly: by the samples in their ear."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.carrier.sound_match import SAME, heard_audio_matches
from tests.acceptance.bank import Bank
from tests.acceptance.customers import Customers
from tests.acceptance.test_answers import confirms_the_name
from tests.spoken import spoken, spoken_slowly

pytestmark = pytest.mark.asterisk

MENU, SLOWER = "To promise a payment, press 2.", "We will speak more slowly."
FIRST_WORDS = "Hello, this is Sample Bank, calling about a personal business matter."


async def test_everything_is_slower_from_the_key_on_and_who_asked_twice_is_called_so_the_next_time(
    bank: Bank, a_customer: Customers, speech_folder: Path
) -> None:
    maria = a_customer().records().hears_out(FIRST_WORDS).presses("1").expects(MENU).presses("*")
    maria.expects(SLOWER).hears_out(MENU).presses("*").expects(SLOWER).hangs_up()
    await bank.calls(maria)
    await maria.call_is_over()
    heard = await maria.heard()
    for sentence in (SLOWER, MENU):
        assert heard_audio_matches(heard, spoken_slowly(speech_folder, sentence)) >= SAME, sentence
    assert heard_audio_matches(heard, spoken(speech_folder, FIRST_WORDS)) >= SAME
    assert heard_audio_matches(heard, spoken(speech_folder, SLOWER)) < SAME
    story = await bank.story_after(maria)
    assert story.responses == ("slower", "slower", "hung_up")

    maria.next_time().hears_out(FIRST_WORDS).hangs_up()
    await maria.call_is_over(count=2)
    heard = await maria.heard()
    assert heard_audio_matches(heard, spoken_slowly(speech_folder, FIRST_WORDS)) >= SAME
    assert heard_audio_matches(heard, spoken(speech_folder, FIRST_WORDS)) < SAME


@pytest.mark.full
async def test_the_preferences_take_it_back(bank: Bank, a_customer: Customers) -> None:
    maria = confirms_the_name(a_customer()).expects(MENU).presses("*").expects(SLOWER).presses("*")
    maria.expects(SLOWER).presses("5").expects("To choose how and when we reach you").presses("4")
    maria.expects("To choose how fast we speak").presses("4").expects("At the usual speed").presses("2")
    maria.expects("We have noted that").hangs_up()
    await bank.calls(maria)
    await maria.call_is_over()
    await bank.story_after(maria)
    kept = await bank.engine.store.read(lambda tx: tx.customers.customer(maria.id))
    assert kept is not None
    assert kept.preferred_tempo == "usual"
