"""A customer pays by keypad."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ivr.gateways.sandbox import DECLINE, REQUIRES_ACTION, TIMEOUT_AFTER_CHARGE, TIMEOUT_BEFORE_CHARGE
from ivr.money import Money
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


@pytest.mark.parametrize("saved_as", [TIMEOUT_AFTER_CHARGE, TIMEOUT_BEFORE_CHARGE])
async def test_a_provider_that_does_not_answer_at_first_has_charged_once(
    bank: Bank, a_customer: Customers, saved_as: str
) -> None:
    cleo = a_customer(card="42", saved_as=saved_as)
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


async def test_another_amount_is_keyed_in_read_back_and_paid(bank: Bank, a_customer: Customers) -> None:
    eve = a_customer(owing="42.50", card="42")
    eve.expects("Hello, this is Sample Bank").presses("1").expects("A payment of").presses("1")
    eve.expects("To pay another amount").presses("3")
    eve.expects("You can pay up to forty-two dollars").presses("50#")
    eve.expects("We cannot take that amount").presses("20*25#")
    eve.expects("You would pay twenty dollars and twenty-five cents").presses("1")
    eve.expects("You are about to pay twenty dollars and twenty-five cents with your card")
    eve.expects("To pay twenty dollars and twenty-five cents now").presses("1")
    eve.expects("Your payment of twenty dollars and twenty-five cents has been made")

    await bank.calls(eve)
    await eve.call_is_over(within=timedelta(minutes=2))

    story = await bank.story_after(eve)
    assert (story.disposition, story.amount_due) == ("payment", "22.25 USD")
    [charge] = await bank.gateway.charges()
    assert str(charge.amount.amount) == "20.25"


async def test_the_minimum_is_offered_and_paid(bank: Bank, a_customer: Customers) -> None:
    finn = a_customer(owing="42.50", minimum="10.00", card="42")
    finn.expects("Hello, this is Sample Bank").presses("1").expects("A payment of").presses("1")
    finn.expects("To pay another amount").presses("3").expects("To pay the minimum of ten dollars")
    finn.presses("1").expects("To pay ten dollars now").presses("1")
    finn.expects("Your payment of ten dollars has been made")

    await bank.calls(finn)
    await finn.call_is_over()

    assert (await bank.story_after(finn)).amount_due == "32.50 USD"


async def test_a_key_that_comes_when_the_account_was_paid_meanwhile_charges_nothing_and_is_told_so(
    bank: Bank, a_customer: Customers
) -> None:
    gus = a_customer(owing="42.50", card="42")
    gus.expects("Hello, this is Sample Bank").presses("1").expects("A payment of").presses("1")
    gus.expects("You are about to pay").expects("To pay another amount").presses("1")
    gus.expects("nothing was charged just now")

    await bank.calls(gus)
    await gus.has_heard("You are about to pay")
    [account] = gus.record.accounts
    store, now = bank.engine.store, bank.engine.world.clock()
    await store.write(lambda tx: tx.customers.apply_payment(account.id, Money(4250, "USD"), "a payment", now))
    await gus.call_is_over()

    assert (await bank.story_after(gus)).amount_due == "0.00 USD"
    assert await bank.gateway.charges() == []


async def test_a_card_whose_owner_must_agree_on_a_page_is_not_charged_when_no_link_can_be_sent(
    bank: Bank, a_customer: Customers
) -> None:
    hal = a_customer(card="42", saved_as=REQUIRES_ACTION)
    pays_with_the_saved_card(hal).expects("did not go through, and nothing was charged").hangs_up()

    await bank.calls(hal)
    await hal.call_is_over()

    assert (await bank.story_after(hal)).amount_due == "42.50 USD"
    assert await bank.gateway.charges() == []
