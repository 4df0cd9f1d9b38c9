"""Keys count whenever and however they are pressed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ivr.ari import requests
from ivr.carrier.line import DtmfBy
from tests.acceptance.bank import Bank
from tests.acceptance.customers import Customers
from tests.asterisk_pair import AsteriskPair, Place, client_of

pytestmark = pytest.mark.asterisk


async def test_a_key_cuts_the_prompt_off_and_the_call_goes_on_with_its_answer(
    bank: Bank, a_customer: Customers
) -> None:
    maria = a_customer()
    maria.expects("Hello, this is Sample Bank").presses("2").expects("We are sorry to have disturbed you")
    await bank.calls(maria)
    await maria.call_is_over()
    assert maria.heard_words() == (
        "Hello, this is Sample Bank, calling about a personal business matter.",
        "Thank you for telling us.",
        "We are sorry to have disturbed you.",
        "Goodbye.",
    )


async def test_keys_pressed_ahead_are_kept_for_the_questions_they_answer(
    bank: Bank, a_customer: Customers
) -> None:
    maria = a_customer()
    maria.expects("Hello, this is Sample Bank").presses("123").expects("We have noted your promise")
    await bank.calls(maria)
    await maria.call_is_over()
    story = await bank.story_after(maria)
    assert (story.disposition, story.responses) == ("promise_to_pay", ("promised",))
    assert "To talk to an agent, press 3." not in maria.heard_words()


async def test_keys_pressed_before_the_first_word_count(bank: Bank, a_customer: Customers) -> None:
    maria = a_customer().answers().presses("2").expects("We are sorry to have disturbed you")
    await bank.calls(maria)
    await maria.call_is_over()
    assert (await bank.story_after(maria)).disposition == "wrong_party"


async def test_a_doubled_key_never_pays(bank: Bank, a_customer: Customers) -> None:
    maria = a_customer(card="42")
    maria.expects("Hello, this is Sample Bank").presses("11")
    maria.expects("You are about to pay").expects("To pay forty-two dollars").waits(timedelta(seconds=1))
    maria.hangs_up()
    await bank.calls(maria)
    await maria.call_is_over()
    story = await bank.story_after(maria)
    assert (story.disposition, story.amount_due) == ("hung_up", "42.50 USD")
    assert await bank.gateway.charges() == []


async def test_keys_pressed_ahead_never_confirm_a_payment(bank: Bank, a_customer: Customers) -> None:
    maria = a_customer(card="42")
    maria.expects("Hello, this is Sample Bank").presses("1111")
    maria.expects("To pay forty-two dollars").expects("To go back").hangs_up()
    await bank.calls(maria)
    await maria.call_is_over()
    await bank.story_after(maria)
    assert await bank.gateway.charges() == []


async def test_a_wrong_key_is_told_and_the_question_is_asked_again(bank: Bank, a_customer: Customers) -> None:
    maria = a_customer()
    maria.expects("Hello, this is Sample Bank").presses("7").expects("That key is not one of the choices")
    maria.expects("If not, press 2").presses("2").expects("sorry to have disturbed")
    await bank.calls(maria)
    await maria.call_is_over()
    assert (await bank.story_after(maria)).disposition == "wrong_party"


async def test_a_key_may_travel_as_a_sip_info(bank: Bank, a_customer: Customers) -> None:
    maria = a_customer()
    maria.expects("Hello, this is Sample Bank").presses("2", by=DtmfBy.INFO).expects(
        "sorry to have disturbed"
    )
    await bank.calls(maria)
    await maria.call_is_over()
    assert (await bank.story_after(maria)).disposition == "wrong_party"


async def test_a_key_may_be_a_tone_in_the_audio(
    bank: Bank, a_customer: Customers, asterisk_pair: AsteriskPair, place: Place
) -> None:
    """The trunk listens for tones from the moment at which the test lets it: after the first question."""
    maria = a_customer().answers().expects("To stop these calls").waits(timedelta(seconds=5))
    maria.presses("2", by=DtmfBy.INBAND).expects("sorry to have disturbed")
    await bank.calls(maria)
    call = await maria.has_heard("To stop these calls")
    async with client_of(asterisk_pair.engine.connection(), f"{place.listener_app}-2") as hand:
        await hand.connect()
        await hand.send(requests.set_variable(call.attempt_id, "PJSIP_DTMF_MODE()", "inband"))
    await maria.call_is_over()
    assert (await bank.story_after(maria)).disposition == "wrong_party"
