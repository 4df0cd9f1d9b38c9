"""Who disputes, has paid or wants no contact is left alone, on the word given by keypad."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ivr.accounts.hold import Hold
from ivr.clock import utc_now
from ivr.engine.end_holds import end_holds
from tests.acceptance.bank import Bank
from tests.acceptance.customers import Customer, Customers, with_another_matter
from tests.acceptance.test_answers import confirms_the_name

pytestmark = pytest.mark.asterisk


def opts_out(customer: Customer) -> Customer:
    """Say at the first question that no more calls are wanted."""
    customer.expects("Hello, this is Sample Bank").expects("To stop these calls").presses("9")
    return customer.expects("We will not call you about this again")


async def holds_of(bank: Bank, customer: Customer) -> list[Hold]:
    return list(await bank.engine.store.read(lambda tx: tx.holds.of([customer.id])))


async def is_left_alone(bank: Bank, customer: Customer) -> bool:
    """Let another matter come up, and say whether no call comes of it."""
    await bank.takes_in(with_another_matter(customer))
    scanned = await bank.scans()
    story = await bank.story(customer)
    return [each.alerts for each in scanned] == [0] and story.next_attempt is None


async def lifts(bank: Bank, hold: Hold) -> None:
    """Let a hold be over now, and what it ended go on."""
    world = bank.engine.world
    await world.store.write(lambda tx: tx.holds.lift(hold.id, "ada", utc_now()))
    await end_holds(world, bank.engine.contents)
    bank.engine.dispatcher.wake()


async def test_a_dispute_keeps_everybody_from_calling_until_it_is_lifted(
    bank: Bank, a_customer: Customers
) -> None:
    maria = confirms_the_name(a_customer()).expects("For other choices").presses("5")
    maria.expects("If you do not agree").presses("1").expects("noted that you do not agree")
    await bank.calls(maria)
    await maria.call_is_over()
    story = await bank.story_after(maria)
    assert (story.disposition, story.responses) == ("refused", ("disputed",))
    assert story.alerts == (("settled", "disputed"),)
    [hold] = await holds_of(bank, maria)
    assert (hold.kind, hold.until) == ("disputed", None)
    assert await is_left_alone(bank, maria)
    assert len(maria.calls()) == 1

    opts_out(maria.next_time())
    await lifts(bank, hold)
    await maria.call_is_over(count=2)


async def test_who_has_paid_says_how_and_when_and_calls_rest_and_then_go_on_if_it_did_not_come(
    bank: Bank, a_customer: Customers
) -> None:
    maria = confirms_the_name(a_customer()).presses("4").expects("By check, press 3").presses("3")
    maria.expects("the day on which you paid").presses("0102").expects("You paid on")
    maria.expects("To change it").presses("1").expects("we will check it. Goodbye")
    await bank.calls(maria)
    await maria.call_is_over()
    story = await bank.story_after(maria)
    assert story.responses == ("already_paid", "already_paid")
    assert story.alerts == (("settled", "already_paid"),)
    [hold] = await holds_of(bank, maria)
    assert (hold.kind, hold.account_id) == ("already_paid", maria.record.accounts[0].id)
    assert hold.until == hold.since + timedelta(days=5)
    await bank.scans()
    assert len(maria.calls()) == 1

    opts_out(maria.next_time())
    await lifts(bank, hold)
    await maria.call_is_over(count=2)
    story = await bank.story_after(maria, attempts=2)
    assert [each.cycle for each in story.attempts] == [1, 2]
    assert story.alerts == (("settled", "opted_out"),)


async def test_the_key_for_paid_counts_although_nothing_more_is_said(
    bank: Bank, a_customer: Customers
) -> None:
    maria = confirms_the_name(a_customer()).presses("4").expects("noted that you have paid").hangs_up()
    await bank.calls(maria)
    await maria.call_is_over()
    story = await bank.story_after(maria)
    assert story.responses == ("already_paid",)
    assert [hold.kind for hold in await holds_of(bank, maria)] == ["already_paid"]
    assert await is_left_alone(bank, maria)


async def test_who_wants_no_contact_is_suppressed_from_the_key_on_and_held_altogether(
    bank: Bank, a_customer: Customers
) -> None:
    maria = confirms_the_name(a_customer()).expects("For other choices").presses("5")
    maria.expects("never to contact you again").presses("2").expects("We will not contact you again")
    await bank.calls(maria)
    await maria.has_heard("We will not contact you again")
    assert (await bank.story(maria)).line.is_suppressed, "it is on disk while the sentence is still said"
    await maria.call_is_over()
    story = await bank.story_after(maria)
    assert (story.disposition, story.responses) == ("do_not_call", ("stop_contact",))
    [hold] = await holds_of(bank, maria)
    assert (hold.kind, hold.account_id, hold.topic) == ("stop_contact", None, None)
    assert await is_left_alone(bank, maria)
