"""Customers say by keypad which alerts they want, from which amount on and when; and set their PIN."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest

from ivr.rules.alert_choice import AlertChoice
from tests.acceptance.bank import Bank
from tests.acceptance.conftest import QUICK_RULES, Edit, OpenBank, content_in
from tests.acceptance.customers import Customer, Customers
from tests.acceptance.test_call_back import far_from_now, keyed, spoken
from tests.acceptance.test_preferences import NOTED, asks_for_preferences

pytestmark = pytest.mark.asterisk

HELLO, BALANCE = "Hello, this is Sample Bank", "The balance of your account is forty-two dollars"
OFFERED = "Low balance. You do not hear of it."
RULE = """
name: low-balance
title: Low balance
topic: balance
when: {field: account.balance, less_than: 20 USD}
customer_may:
  named: {en: Low balance, es: Saldo bajo, fr: Solde bas}
  threshold: {field: account.balance, least: 10 USD, most: 500 USD, step: 5 USD}
  time: true
  off: true
  on_request: true
schedule: {every: 5m}
expires_after: 2d
plan: [{medium: voice, flow: low-balance}]
retry: quick
hours: any
"""


@pytest.fixture
async def bank(open_bank: OpenBank, edit: Edit) -> AsyncIterator[Bank]:
    """A bank that tells whoever wants it that their balance is low: below 20, or what they choose."""
    rules = edit.copy(QUICK_RULES)
    (rules / "low-balance.yaml").write_text(RULE, "utf-8")
    async with open_bank(content=content_in(rules=rules)) as bank:
        yield bank


def chooses_an_amount(customer: Customer, keys: str, words: str) -> Customer:
    """Come to the alerts, and choose an amount for the one that there is."""
    asks_for_preferences(customer).expects("To choose which alerts you hear").presses("6").expects(OFFERED)
    customer.expects("To choose the amount").presses("3").expects("Please key in the amount").presses(keys)
    return customer.expects(f"The amount is {words}").presses("1").expects(NOTED)


def promises(customer: Customer) -> Customer:
    """Go back to the matter of the call, and settle it."""
    customer.expects("To go back").presses("5").expects("To choose the hours").presses("5")
    return customer.expects("To promise a payment").presses("22").expects("noted your promise")


async def chosen_by(bank: Bank, customer: Customer) -> AlertChoice | None:
    found = await bank.engine.store.read(lambda tx: tx.alert_choices.of([customer.id]))
    return found.get(customer.id, {}).get("low-balance")


@pytest.fixture
async def telling_bank(open_bank: OpenBank, edit: Edit) -> AsyncIterator[Bank]:
    """A bank that tells everybody of a balance below 100, unless they choose otherwise; and nothing else."""
    rules = edit.copy(QUICK_RULES)
    (rules / "payment-overdue.yaml").unlink()
    own = RULE.replace("less_than: 20 USD", "less_than: 100 USD").replace("  on_request: true\n", "")
    (rules / "low-balance.yaml").write_text(own, "utf-8")
    async with open_bank(content=content_in(rules=rules)) as bank:
        yield bank


def is_told(customer: Customer) -> Customer:
    """Hear of a low balance, and come to what may be chosen about that."""
    customer.expects(HELLO).presses("1").expects(BALANCE).expects("To choose which alerts").presses("4")
    return customer.expects("Low balance. You hear of it. The amount is one hundred dollars.")


async def test_the_next_call_goes_by_the_amount_that_was_chosen_and_none_comes_of_what_was_turned_off(
    telling_bank: Bank, a_customer: Customers
) -> None:
    bank, lower, higher = telling_bank, is_told(a_customer()), is_told(a_customer())
    for person, keys, words in ((lower, "40#", "forty dollars"), (higher, "50#", "fifty dollars")):
        person.presses("3").expects("Please key in the amount").presses(keys)
        person.expects(f"The amount is {words}").presses("1").expects(NOTED).hangs_up()
    off = is_told(a_customer()).presses("2").expects(NOTED).expects("You do not hear of it").hangs_up()
    await bank.calls(lower, higher, off)
    for person in (lower, higher, off):
        await person.call_is_over()
    higher.next_time().expects(HELLO).presses("1").expects(BALANCE).hangs_up()
    await higher.call_is_over(count=2)

    ended = await bank.story_once(lower, lambda story: story.alerts[0][0] != "open")
    assert ended.alerts == (("cleared", "cause_gone"),), "42.50 is not below forty dollars"
    ended = await bank.story_once(off, lambda story: story.alerts[0][0] != "open")
    assert ended.alerts == (("cleared", "not_wanted"),)
    assert [len(person.calls()) for person in (lower, off)] == [1, 1]


@pytest.mark.full
async def test_an_alert_waits_for_the_time_of_day_that_was_chosen(bank: Bank, a_customer: Customers) -> None:
    at = far_from_now(minute=23)
    maria = chooses_an_amount(a_customer(), "50#", "fifty dollars").expects("To choose the time").presses("4")
    maria.expects("At what time of day").presses("2575").expects("That is not a time").presses("4")
    maria.expects("At what time of day").presses(keyed(at)).expects(f"That is {spoken(at)}").presses("1")
    promises(maria.expects(NOTED))
    await bank.calls(maria)
    await maria.call_is_over(within=timedelta(minutes=3))
    await bank.story_after(maria)
    await bank.scans()
    story = await bank.story_once(maria, lambda story: bool(story.objections))
    assert (story.objections[-1].reason, story.objections[-1].until) == ("before_chosen_time", at)
    assert len(maria.calls()) == 1


@pytest.mark.full
@pytest.mark.parametrize("keys", ["7#", "501#", "52*50#"])
async def test_an_amount_that_is_not_offered_is_refused_and_chooses_nothing(
    bank: Bank, a_customer: Customers, keys: str
) -> None:
    maria = asks_for_preferences(a_customer()).presses("6").expects(OFFERED).presses("3")
    maria.expects("Please key in the amount").presses(keys)
    if keys == "52*50#":  # within the limits, and no step
        maria.expects("The amount is fifty-two dollars and fifty cents").presses("1")
    maria.expects("This amount cannot be chosen").expects("in steps of five dollars").hangs_up()
    await bank.calls(maria)
    await maria.call_is_over()
    assert await chosen_by(bank, maria) is None


@pytest.mark.full
@pytest.mark.parametrize("way", ["", "3", "3 50#", "4", "4 0900"])
async def test_who_hangs_up_or_falls_silent_before_the_last_key_has_chosen_nothing(
    bank: Bank, a_customer: Customers, way: str
) -> None:
    gone, silent = (asks_for_preferences(a_customer()).presses("6").expects(OFFERED) for _ in range(2))
    for key in way.split():
        for person in (gone, silent):
            person.presses(key).waits(timedelta(seconds=4))
    gone.hangs_up()
    silent.expects("We did not hear a key").expects("Goodbye")
    await bank.calls(gone, silent)
    await gone.call_is_over()
    await silent.call_is_over(within=timedelta(minutes=3))
    assert [await chosen_by(bank, person) for person in (gone, silent)] == [None, None]


@pytest.mark.full
async def test_a_new_pin_is_set_by_who_proves_to_be_the_customer(bank: Bank, a_customer: Customers) -> None:
    maria = asks_for_preferences(a_customer(birth_date=date(1985, 7, 31))).presses("7")
    maria.expects("key in your date of birth").presses("01021999").expects("not what we have")
    maria.presses("07311985").expects("key in your new PIN").presses("1234#").expects("once more")
    maria.presses("1234#").expects("too easily guessed").expects("key in your new PIN").presses("4711#")
    maria.expects("once more").presses("4711#").expects("Your new PIN is set").expects("To choose the hours")
    ben = asks_for_preferences(a_customer()).presses("7").expects("could not make sure that it is you")
    await bank.calls(maria.hangs_up(), ben.hangs_up())
    await maria.call_is_over()
    await ben.call_is_over()
    kept = await bank.engine.store.read(lambda tx: tx.factors.pin_hash(maria.id))
    assert kept is not None
    assert "4711" not in kept
    assert await bank.engine.store.read(lambda tx: tx.factors.pin_hash(ben.id)) is None
