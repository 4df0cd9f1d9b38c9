"""Who has no time now says when: nothing about the matter comes before, and then the call comes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from ivr.engine.put_off import put_off
from tests.acceptance.bank import Bank
from tests.acceptance.conftest import QUICK_RULES, Edit, OpenBank, content_in
from tests.acceptance.customers import Customer, Customers
from tests.acceptance.every_step import A_LONG_CALL
from tests.acceptance.test_answers import confirms_the_name
from tests.acceptance.test_call_back import far_from_now, keyed, spoken

pytestmark = pytest.mark.asterisk

WHEN, ASK_TIME, NOTED = "To be called in one hour", "key in the time with four digits", "We will call you on"


@pytest.fixture
async def bank(open_bank: OpenBank, edit: Edit) -> AsyncIterator[Bank]:
    """A bank whose alerts live for two days."""
    rules = edit.replace(QUICK_RULES, "payment-overdue.yaml", "expires_after: 1h", "expires_after: 2d")
    async with open_bank(content=content_in(rules=rules)) as bank:
        yield bank


def asks_for_later(customer: Customer) -> Customer:
    """Come to the question when."""
    confirms_the_name(customer).expects("For other choices").presses("5")
    return customer.expects("To be called at another time").presses("3").expects(WHEN)


async def test_in_an_hour_is_when_the_next_call_comes_and_nothing_comes_before(
    bank: Bank, a_customer: Customers
) -> None:
    maria = asks_for_later(a_customer()).presses("1").expects(NOTED).expects("Goodbye")
    await bank.calls(maria)
    await maria.call_is_over()
    story = await bank.story_after(maria)
    [call] = story.calls
    assert (story.disposition, story.responses) == ("callback", ("call_later",))
    assert story.next_attempt is not None
    assert call.answered_at <= story.next_attempt.due_at - timedelta(hours=1) <= call.ended_at
    [alert] = await bank.engine.store.read(lambda tx: tx.alerts.open_alerts())
    assert alert.deferred_until == story.next_attempt.due_at


@pytest.mark.full
async def test_a_keyed_time_is_read_back_and_kept(bank: Bank, a_customer: Customers) -> None:
    at = far_from_now(minute=17)
    maria = asks_for_later(a_customer()).presses("3").expects(ASK_TIME).presses("2577").expects("not a time")
    maria.expects(ASK_TIME).presses(keyed(at)).expects(f"That is {spoken(at)}").presses("1").expects(NOTED)
    await bank.calls(maria)
    await maria.call_is_over()
    story = await bank.story_after(maria)
    assert story.next_attempt is not None
    assert story.next_attempt.due_at == at


@pytest.mark.full
async def test_what_was_put_off_on_another_medium_is_not_called_before(
    bank: Bank, a_customer: Customers
) -> None:
    """As when a text message is answered while the call waits for its turn."""
    maria = a_customer()
    await bank.stop_all()
    await bank.calls(maria)
    [alert] = await bank.engine.store.read(lambda tx: tx.alerts.open_alerts())
    until = bank.engine.world.clock() + timedelta(seconds=20)
    await bank.engine.store.write(lambda tx: put_off(tx, alert.id, until))
    await bank.resume_all()
    asks_for_later(maria).presses("1").expects(NOTED)
    await maria.call_is_over()
    [call] = (await bank.story_after(maria)).calls
    assert call.started_at >= until


@pytest.mark.full
@pytest.mark.parametrize("way", ["", "3", "3 1530"])
async def test_who_hangs_up_before_the_last_yes_has_put_nothing_off(
    bank: Bank, a_customer: Customers, way: str
) -> None:
    maria = asks_for_later(a_customer())
    for key, phrase in zip(way.split(), (ASK_TIME, "If that is right"), strict=False):
        maria.presses(key).expects(phrase)
    maria.hangs_up()
    await bank.calls(maria)
    await maria.call_is_over()
    story = await bank.story_after(maria)
    assert story.responses == ("hung_up",)
    [alert] = await bank.engine.store.read(lambda tx: tx.alerts.open_alerts())
    assert alert.deferred_until is None


@pytest.mark.full
async def test_silence_and_wrong_keys_end_it_and_put_nothing_off(bank: Bank, a_customer: Customers) -> None:
    silent, wrong = asks_for_later(a_customer()), asks_for_later(a_customer())
    silent.expects("We did not hear a key").expects(WHEN).expects("Thank you").expects("Goodbye")
    for _ in range(3):
        wrong.presses("7").expects("That key is not one" if _ < 2 else "Goodbye")
    await bank.calls(silent, wrong)
    await silent.call_is_over(within=A_LONG_CALL)
    await wrong.call_is_over(within=A_LONG_CALL)
    assert (await bank.story_after(silent)).responses == ("no_input",)
    assert (await bank.story_after(wrong)).responses == ("no_match",)
