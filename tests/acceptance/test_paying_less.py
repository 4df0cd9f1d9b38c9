"""With a card that is not on file, too, a customer pays less than all that is due."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.acceptance.conftest import OpenBank
from tests.acceptance.customers import Customer, Customers

pytestmark = [pytest.mark.asterisk, pytest.mark.full]

CARD, EXPIRY, CODE = "4242424242424242", "1139", "739"
LONG = timedelta(minutes=4)


def keys_a_card(maria: Customer) -> Customer:
    """Come to where a key pays all that is due."""
    maria.expects("If you are").presses("1").expects("To pay with another card, press 7").presses("7")
    maria.expects("number of your card").presses(f"{CARD}#").expects("until when it is valid").presses(EXPIRY)
    maria.expects("security code").presses(f"{CODE}#").expects("To pay another amount, press 3")
    return maria.presses("3").expects("To key in an amount, press 2")


async def test_the_minimum_is_paid_with_a_card_that_is_keyed_in(
    open_bank: OpenBank, a_customer: Customers
) -> None:
    maria = keys_a_card(a_customer(owing="42.50", minimum="10.00")).presses("1")
    maria.expects("You are about to pay ten dollars").expects("To pay ten dollars now").presses("1")
    maria.expects("Your payment of ten dollars has been made")
    async with open_bank(card_keying=True) as bank:
        await bank.calls(maria)
        await maria.call_is_over(within=LONG)
        story = await bank.story_after(maria)
        [charge] = await bank.gateway.charges()
    assert (str(charge.amount.amount), story.amount_due) == ("10.00", "32.50 USD")


async def test_an_amount_is_keyed_in_and_changed_before_it_is_paid(
    open_bank: OpenBank, a_customer: Customers
) -> None:
    maria = keys_a_card(a_customer(owing="42.50", minimum="10.00")).presses("2")
    maria.expects("key in the amount").presses("200#").expects("We cannot take that amount").presses("20*50#")
    maria.expects("You would pay twenty dollars and fifty cents").presses("2")
    maria.expects("key in the amount").presses("12#").expects("You would pay twelve dollars").presses("1")
    maria.expects("You are about to pay twelve dollars").expects("To pay twelve dollars now").presses("1")
    maria.expects("Your payment of twelve dollars has been made")
    async with open_bank(card_keying=True) as bank:
        await bank.calls(maria)
        await maria.call_is_over(within=LONG)
        await bank.story_after(maria)
        [charge] = await bank.gateway.charges()
    assert str(charge.amount.amount) == "12.00"
