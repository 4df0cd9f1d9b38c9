"""A customer pays by keypad."""

from __future__ import annotations

import pytest

from ivr.gateways.sandbox import DECLINE, TIMEOUT_AFTER_CHARGE
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


async def test_a_declined_card_is_said_and_leaves_the_matter_open(bank: Bank, a_customer: Customers) -> None:
    ben = a_customer(card="42", saved_as=DECLINE)
    pays_with_the_saved_card(ben).expects("did not go through, and nothing was charged").hangs_up()

    await bank.calls(ben)
    await ben.call_is_over()

    story = await bank.story_after(ben)
    assert (story.disposition, story.responses) == ("right_party_contact", ("payment_declined", "hung_up"))
    assert story.amount_due == "42.50 USD"
    assert story.alerts == (("open", None),)
    assert await bank.gateway.charges() == []


async def test_a_provider_whose_answer_is_lost_after_charging_has_charged_once(
    bank: Bank, a_customer: Customers
) -> None:
    cleo = a_customer(card="42", saved_as=TIMEOUT_AFTER_CHARGE)
    pays_with_the_saved_card(cleo).expects("Your payment of")

    await bank.calls(cleo)
    await cleo.call_is_over()

    story = await bank.story_after(cleo)
    assert (story.disposition, story.amount_due) == ("payment", "0.00 USD")
    assert len(await bank.gateway.charges()) == 1


async def test_a_hang_up_while_the_payment_is_being_made_charges_at_most_once_and_is_booked(
    bank: Bank, a_customer: Customers
) -> None:
    dan = a_customer(card="42")
    pays_with_the_saved_card(dan).expects("One moment, please").hangs_up()

    await bank.calls(dan)
    await dan.call_is_over()

    story = await bank.story_after(dan)
    charges = await bank.gateway.charges()
    assert len(charges) <= 1
    assert story.amount_due == ("0.00 USD" if charges else "42.50 USD")
