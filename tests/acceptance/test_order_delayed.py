"""A late order, by telephone: every answer is in the customer's history, and the matter is settled."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from ivr.store.tables.customers import customer_history
from ivr.store.transaction import SqlTransaction
from tests.acceptance.bank import Bank
from tests.acceptance.conftest import QUICK_RULES, Edit, OpenBank, content_in
from tests.acceptance.customers import Customer, Customers

pytestmark = pytest.mark.asterisk

HELLO, MENU = "Hello, this is Sample Bank", "If you will wait for it"


@pytest.fixture
async def bank(open_bank: OpenBank, edit: Edit) -> AsyncIterator[Bank]:
    """A shop that calls about late orders."""
    rules: Path = edit.replace(
        QUICK_RULES, "payment-overdue.yaml", "flow: payment-overdue", "flow: order-delayed"
    )
    async with open_bank(content=content_in(rules=rules)) as bank:
        yield bank


def hears_of_it(customer: Customer) -> Customer:
    """Come to the menu."""
    return customer.expects(HELLO).presses("1").expects("Your order is delayed").expects(MENU)


async def history_of(bank: Bank, customer: Customer) -> list[dict[str, object]]:
    """Return the responses in the customer store once the outcome was told to it."""

    of_theirs = sa.select(customer_history.c.responses).where(customer_history.c.customer_id == customer.id)

    def read(tx: SqlTransaction) -> list[dict[str, object]]:
        return list(tx.connection.execute(of_theirs).scalars())

    found = await bank.engine.store.read(read)
    async with asyncio.timeout(60):
        while not found:
            await asyncio.sleep(0.25)  # the outbox tells the store a moment later
            found = await bank.engine.store.read(read)
    return found


ANSWERS = {
    "confirmed": ("1", "Thank you for your patience"),
    "cancelled": ("3", "Your order is cancelled"),
    "ordered": ("4", "noted your order of a replacement"),
}


async def test_one_key_confirms_cancels_or_orders_and_settles_the_matter(
    bank: Bank, a_customer: Customers
) -> None:
    people = {meant: hears_of_it(a_customer()) for meant in ANSWERS}
    for meant, (key, words) in ANSWERS.items():
        people[meant].presses(key).expects(words)
    await bank.calls(*people.values())
    for meant, person in people.items():
        await person.call_is_over()
        story = await bank.story_after(person)
        assert (story.disposition, story.responses) == ("right_party_contact", (meant,))
        assert story.alerts == (("settled", meant),)


async def test_another_day_is_keyed_in_and_a_problem_is_told_in_words(
    bank: Bank, a_customer: Customers
) -> None:
    ada = hears_of_it(a_customer()).presses("2").expects("key in the month and the day").presses("9999")
    ada.expects("not a day").presses("1224").expects("You chose").presses("1").expects("We have noted")
    ben = hears_of_it(a_customer()).presses("5").hears_out("press pound").says("conf-onlyperson").presses("#")
    ben.expects("Somebody will look into it")
    await bank.calls(ada, ben)
    await ada.call_is_over()
    await ben.call_is_over()
    assert (await bank.story_after(ada)).alerts == (("settled", "rescheduled"),)
    assert (await bank.story_after(ben)).alerts == (("settled", "problem_reported"),)
    kept = [str(await history_of(bank, person)) for person in (ada, ben)]
    assert "-12-24" in kept[0]
    assert "recording" in kept[1]


@pytest.mark.full
async def test_a_wrong_number_ends_calls_to_it_and_the_next_number_is_called(
    bank: Bank, a_customer: Customers
) -> None:
    maria = a_customer(numbers=2)
    [second] = maria.others
    maria.expects(HELLO).expects("wrong number").presses("3").expects("sorry to have disturbed")
    second.expects(HELLO).presses("1").expects("Your order is delayed").expects(MENU).presses("1")
    second.expects("Thank you for your patience")
    await bank.calls(maria)
    await maria.call_is_over()
    await second.call_is_over()
    story = await bank.story_after(maria, attempts=2)
    assert [each.disposition for each in story.closed] == ["wrong_party", "right_party_contact"]
    points = await bank.engine.store.read(lambda tx: tx.customers.contact_points(maria.id))
    assert [point.usable for point in points] == [False, True]
