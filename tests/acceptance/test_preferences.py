"""Customers say by keypad how and when they want to be reached, and it is heeded from then on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ivr.accounts.customer import Customer as CustomerValue
from tests.acceptance.bank import Bank
from tests.acceptance.customers import Customer, Customers, with_another_matter
from tests.acceptance.every_step import A_LONG_CALL
from tests.acceptance.test_answers import confirms_the_name
from tests.acceptance.test_call_back import far_from_now, keyed, spoken

pytestmark = pytest.mark.asterisk

MENU, NOTED = "To choose the hours in which we call you", "We have noted that"


def asks_for_preferences(customer: Customer) -> Customer:
    """Come to the menu."""
    confirms_the_name(customer).expects("For other choices").presses("5")
    return customer.expects("To choose how and when we reach you").presses("4").expects(MENU)


async def kept_of(bank: Bank, customer: Customer) -> CustomerValue:
    kept = await bank.engine.store.read(lambda tx: tx.customers.customer(customer.id))
    assert kept is not None
    return kept


@pytest.mark.full
async def test_hours_that_are_keyed_in_put_the_next_call_off_until_then(
    bank: Bank, a_customer: Customers
) -> None:
    begin = far_from_now(minute=7)
    end = begin + timedelta(minutes=45)
    maria = asks_for_preferences(a_customer()).presses("1").expects("From when on").presses("2599")
    maria.expects("That is not a time").presses(keyed(begin)).expects("Until when").presses(keyed(end))
    maria.expects(f"From {spoken(begin)} until {spoken(end)}").presses("1").expects(NOTED).hangs_up()
    await bank.calls(maria)
    await maria.call_is_over()
    kept = await kept_of(bank, maria)
    assert str(kept.preferred_hours) == f"{begin:%H:%M}-{end:%H:%M}"

    await bank.takes_in(with_another_matter(maria))
    await bank.scans()
    story = await bank.story_once(maria, lambda story: bool(story.objections))
    assert (story.objections[0].reason, story.objections[0].until) == ("outside_preferred_hours", begin)
    assert len(maria.calls()) == 1


async def test_a_language_is_spoken_at_once_and_at_the_next_call(bank: Bank, a_customer: Customers) -> None:
    maria = asks_for_preferences(a_customer()).presses("2").expects("For Spanish").presses("2")
    maria.expects("Lo hemos anotado").expects("Para regresar").presses("5").expects(
        "Para otras opciones"
    ).hangs_up()
    await bank.calls(maria)
    await maria.call_is_over()
    assert (await kept_of(bank, maria)).language == "es"
    maria.next_time().expects("oprima 1").hangs_up()
    await maria.call_is_over(count=2)


@pytest.mark.full
async def test_a_medium_is_kept(bank: Bank, a_customer: Customers) -> None:
    maria = asks_for_preferences(a_customer()).presses("3").expects("By text message").presses("3")
    maria.expects(NOTED).hangs_up()
    await bank.calls(maria)
    await maria.call_is_over()
    assert (await kept_of(bank, maria)).preferred_medium == "email"


@pytest.mark.full
@pytest.mark.parametrize("way", ["", "1", "1 0930", "1 0930 1200", "2", "3"])
async def test_who_hangs_up_before_the_last_key_has_chosen_nothing(
    bank: Bank, a_customer: Customers, way: str
) -> None:
    maria = asks_for_preferences(a_customer())
    for key in way.split():
        maria.presses(key).waits(timedelta(seconds=4))
    maria.hangs_up()
    await bank.calls(maria)
    await maria.call_is_over()
    kept = await kept_of(bank, maria)
    assert (kept.language, kept.preferred_medium, kept.preferred_hours) == ("en", None, None)


@pytest.mark.full
async def test_silence_and_wrong_keys_end_it_politely(bank: Bank, a_customer: Customers) -> None:
    silent, wrong = asks_for_preferences(a_customer()), asks_for_preferences(a_customer())
    silent.expects("We did not hear a key").expects(MENU).expects("Goodbye")
    for time in range(3):
        wrong.presses("8").expects("That key is not one" if time < 2 else "Goodbye")
    await bank.calls(silent, wrong)
    await silent.call_is_over(within=A_LONG_CALL)
    await wrong.call_is_over(within=A_LONG_CALL)
