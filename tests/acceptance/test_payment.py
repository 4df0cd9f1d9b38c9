"""A customer pays by keypad."""

from __future__ import annotations

import pytest

from tests.acceptance.bank import Bank
from tests.acceptance.customers import Customer, Customers

pytestmark = pytest.mark.asterisk


def pays_with_the_saved_card(customer: Customer) -> Customer:
    """Press the keys that lead to a payment of what is owed."""
    customer.expects("Hello, this is Sample Bank").expects("Maria Lopez, press 1").presses("1")
    customer.expects("A payment of").expects("card ending in four two, press 1").presses("1")
    customer.expects("You are about to pay").expects("To pay").presses("1")
    return customer


async def test_one_key_after_another_pays_what_is_owed(bank: Bank, a_customer: Customers) -> None:
    maria = a_customer(owing="42.50", card="42")
    pays_with_the_saved_card(maria).expects("forty-two dollars and fifty cents has been made")

    await bank.calls(maria)
    call = await maria.call_is_over()

    assert call.ended_by == "far_end"
    story = await bank.story_after(maria)
    assert story.disposition == "payment"
    assert story.amount_due == "0.00 USD"
    assert story.alerts == (("settled", "paid"),)
    assert story.next_attempt is None
    [charge] = await bank.gateway.charges()
    assert str(charge.amount.amount) == "42.50"
