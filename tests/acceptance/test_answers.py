"""What a customer can say by keypad, and what becomes of it."""

from __future__ import annotations

import pytest

from tests.acceptance.bank import Bank
from tests.acceptance.customers import Customer, Customers, with_another_matter

pytestmark = pytest.mark.asterisk


def confirms_the_name(customer: Customer) -> Customer:
    """Press the key that says: this is me."""
    return customer.expects("Hello, this is Sample Bank").presses("1").expects("A payment of")


async def test_a_promise_settles_the_matter(bank: Bank, a_customer: Customers) -> None:
    maria = confirms_the_name(a_customer()).presses("2")
    maria.expects("To promise the payment of forty-two dollars and fifty cents").presses("2")
    maria.expects("We have noted your promise")
    await bank.calls(maria)
    await maria.call_is_over()
    story = await bank.story_after(maria)
    assert (story.disposition, story.responses) == ("promise_to_pay", ("promised",))
    assert story.alerts == (("settled", "promised"),)
    assert (story.amount_due, story.next_attempt) == ("42.50 USD", None)


async def test_who_has_paid_already_is_believed_and_not_called_again(
    bank: Bank, a_customer: Customers
) -> None:
    maria = (
        confirms_the_name(a_customer()).presses("4").expects("We have noted that you have paid").presses("5")
    )
    await bank.calls(maria)
    await maria.call_is_over()
    story = await bank.story_after(maria)
    assert (story.disposition, story.responses) == ("right_party_contact", ("already_paid",))
    assert story.alerts == (("settled", "already_paid"),)
    assert story.next_attempt is None


async def test_it_can_be_heard_again(bank: Bank, a_customer: Customers) -> None:
    maria = confirms_the_name(a_customer()).presses("8").expects("A payment of").presses("4")
    maria.expects("We have noted that you have paid").presses("5")
    await bank.calls(maria)
    await maria.call_is_over()
    story = await bank.story_after(maria)
    assert story.responses == ("repeated", "already_paid")


async def test_a_wrong_person_ends_calls_to_that_number_and_the_next_number_is_called(
    bank: Bank, a_customer: Customers
) -> None:
    maria = a_customer(numbers=2)
    [second] = maria.others
    maria.expects("Hello, this is Sample Bank").presses("2").expects("sorry to have disturbed")
    second.expects("Hello, this is Sample Bank").presses("1").expects("A payment of").presses("2")
    second.expects("To promise the payment").presses("1").expects("noted your promise")
    await bank.calls(maria)
    await maria.call_is_over()
    await second.call_is_over()
    story = await bank.story_after(maria, attempts=2)
    assert [each.disposition for each in story.closed] == ["wrong_party", "promise_to_pay"]
    assert [each.address for each in story.closed] == [maria.number, second.number]
    assert story.line.number == maria.number
    assert len(maria.calls()) == 1


async def test_the_opt_out_key_counts_from_the_moment_it_is_pressed_and_no_further_call_comes(
    bank: Bank, a_customer: Customers
) -> None:
    maria = a_customer(numbers=2)
    maria.expects("Hello, this is Sample Bank").presses("9").expects("We will not call you about this again")
    await bank.calls(maria)

    await maria.has_heard("We will not call you about this again")
    assert (await bank.story(maria)).line.is_suppressed, "it is on disk while the sentence is still said"
    call = await maria.call_is_over()

    assert call.ended_by == "far_end"
    story = await bank.story_after(maria)
    assert (story.disposition, story.responses) == ("do_not_call", ("opted_out",))
    assert story.alerts == (("settled", "opted_out"),)
    await bank.calls(with_another_matter(maria))
    story = await bank.story_once(maria, lambda story: len(story.alerts) == 2 and not story.next_attempt)
    assert [each.result for each in story.attempts[1:]] == ["opted_out"]
    assert len(maria.calls()) == 1
    assert maria.others[0].calls() == ()


async def test_an_opt_out_by_somebody_who_hangs_up_at_once_counts_as_well(
    bank: Bank, a_customer: Customers
) -> None:
    maria = a_customer().expects("Hello, this is Sample Bank").presses("9").hangs_up()
    await bank.calls(maria)
    await maria.call_is_over()
    story = await bank.story_after(maria)
    assert story.line.is_suppressed
    assert (story.disposition, story.next_attempt) == ("do_not_call", None)
