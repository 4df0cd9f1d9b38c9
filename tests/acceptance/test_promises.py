"""A promise to pay, by keypad: kept in the store, rested upon, and called about when it is broken."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from ivr.accounts.promise import PartState, Promise, PromiseState
from ivr.clock import utc_now
from ivr.engine.review_promises import review_promises
from ivr.money import Money
from tests.acceptance.bank import Bank
from tests.acceptance.conftest import EASTERN, QUICK_RULES, Edit, OpenBank, content_in
from tests.acceptance.customers import Customer, Customers, with_another_matter
from tests.acceptance.test_answers import confirms_the_name

pytestmark = pytest.mark.asterisk

BROKEN_PROMISE = """\
name: promise-broken
title: Promise not kept
topic: payments
when:
  all:
    - {field: promise.state, equals: broken}
    - {field: account.amount_due, more_than: 0}
dedupe: "{account.id}/{event.promise_broken}"
schedule: {every: 2s}
expires_after: 1h
plan:
  - {medium: voice, flow: payment-overdue}
retry: quick
hours: any
ring_timeout: 12s
"""


def in_days(days: int) -> date:
    """Return a day as the bank counts them."""
    return utc_now().astimezone(EASTERN).date() + timedelta(days=days)


def asks_to_promise(customer: Customer) -> Customer:
    """Come to where the amount is keyed in."""
    confirms_the_name(customer).presses("2").expects("choose the amount and the day yourself").presses("4")
    return customer.expects("key in the amount")


def promises(customer: Customer, amount: str, day: date) -> Customer:
    """Key in an amount and a day, and agree to both."""
    asks_to_promise(customer).presses(f"{amount}#").expects("If that is right").presses("1")
    customer.expects("key in the month and the day").presses(f"{day:%m%d}")
    return customer.expects("To change the day").presses("1").expects("We have noted your promise")


async def promise_of(bank: Bank, customer: Customer) -> Promise | None:
    [account] = customer.record.accounts
    known = await bank.engine.store.read(lambda tx: tx.customers.account(account.id))
    assert known is not None
    return known.promise


async def test_a_keyed_promise_is_in_the_store_and_no_reminder_comes_meanwhile(
    bank: Bank, a_customer: Customers
) -> None:
    maria, day = promises(a_customer(), "20*50", in_days(3)), in_days(3)
    await bank.calls(maria)
    await maria.call_is_over()
    story = await bank.story_after(maria)
    assert (story.disposition, story.responses) == ("promise_to_pay", ("promised",))
    assert story.alerts == (("settled", "promised"),)
    promise = await promise_of(bank, maria)
    assert promise is not None
    assert (promise.amount.minor, promise.due_on, promise.state) == (2_050, day, PromiseState.OPEN)
    assert "twenty dollars and fifty cents by" in " ".join(maria.heard_words())

    await bank.takes_in(with_another_matter(maria))
    assert [(each.matched, each.alerts) for each in await bank.scans()] == [(1, 0)]
    assert len(maria.calls()) == 1


@pytest.fixture
async def bank_with_a_rule(open_bank: OpenBank, edit: Edit) -> AsyncIterator[Bank]:
    """A bank that calls about broken promises, too."""
    rules: Path = edit.copy(QUICK_RULES)
    (rules / "promise-broken.yaml").write_text(BROKEN_PROMISE, "utf-8")
    async with open_bank(content=content_in(rules=rules)) as bank:
        yield bank


async def reviews_in_four_days(bank: Bank) -> None:
    """Let promises be looked into as if it was four days later."""
    later = utc_now() + timedelta(days=4)
    await review_promises(replace(bank.engine.world, clock=lambda: later), bank.engine.contents)


async def test_a_broken_promise_is_an_event_and_a_rule_calls_about_it(
    bank_with_a_rule: Bank, a_customer: Customers
) -> None:
    bank, maria = bank_with_a_rule, promises(a_customer(), "20", in_days(1))
    await bank.calls(maria)
    await maria.call_is_over()
    await bank.story_after(maria)
    confirms_the_name(maria.next_time()).presses("4").expects("noted that you have paid").hangs_up()
    await bank.scans()
    assert len((await bank.story(maria)).alerts) == 1, "it is not broken yet"

    await reviews_in_four_days(bank)
    promise = await promise_of(bank, maria)
    assert promise is not None
    assert promise.state is PromiseState.BROKEN
    await bank.scans()
    await maria.call_is_over(count=2)
    story = await bank.story_after(maria, attempts=2)
    assert story.alerts == (("settled", "promised"), ("settled", "already_paid"))


async def test_a_kept_promise_calls_nobody(bank_with_a_rule: Bank, a_customer: Customers) -> None:
    bank, maria = bank_with_a_rule, promises(a_customer(), "20", in_days(1))
    await bank.calls(maria)
    await maria.call_is_over()
    await bank.story_after(maria)
    [account] = maria.record.accounts
    twenty = Money(2_000, "USD")
    await bank.engine.store.write(
        lambda tx: tx.customers.apply_payment(account.id, twenty, "transfer", utc_now())
    )
    await reviews_in_four_days(bank)
    promise = await promise_of(bank, maria)
    assert promise is not None
    assert promise.state is PromiseState.KEPT
    assert [each.alerts for each in await bank.scans()] == [0, 0]
    assert len(maria.calls()) == 1


@pytest.fixture
async def bank_with_parts(open_bank: OpenBank, edit: Edit) -> AsyncIterator[Bank]:
    """A bank that takes promises in two parts, a week apart."""
    terms = "retry: quick\npromise: {most_parts: 2}"
    rules = edit.replace(QUICK_RULES, "payment-overdue.yaml", "retry: quick", terms)
    flows = edit.replace(
        "dialplans/flows",
        "payment-overdue.yaml",
        "{within_days: 3}",
        "{within_days: 1, parts: 2, every: week}",
    )
    async with open_bank(content=content_in(rules=rules, flows=flows)) as bank:
        yield bank


def _at(moment: datetime) -> datetime:
    return moment


@pytest.mark.full
async def test_a_plan_is_judged_part_by_part(bank_with_parts: Bank, a_customer: Customers) -> None:
    bank, maria = bank_with_parts, a_customer(owing="42.50")
    confirms_the_name(maria).presses("2").expects("choose the amount and the day yourself").presses("1")
    maria.expects("We have noted your promise")
    await bank.calls(maria)
    await maria.call_is_over()
    await bank.story_after(maria)
    [account] = maria.record.accounts
    half = Money(2_125, "USD")
    await bank.engine.store.write(
        lambda tx: tx.customers.apply_payment(account.id, half, "first part", utc_now())
    )
    states = []
    for days in (4, 12):
        later = utc_now() + timedelta(days=days)
        world = replace(bank.engine.world, clock=partial(_at, later))
        await review_promises(world, bank.engine.contents)
        promise = await promise_of(bank, maria)
        assert promise is not None
        assert [part.amount for part in promise.parts] == [half, half]
        states.append((promise.state, [part.state for part in promise.parts]))
    assert states == [
        (PromiseState.OPEN, [PartState.KEPT, PartState.OPEN]),
        (PromiseState.BROKEN, [PartState.KEPT, PartState.BROKEN]),
    ]


@pytest.mark.full
async def test_more_than_is_due_is_refused_and_asked_for_again(bank: Bank, a_customer: Customers) -> None:
    maria = asks_to_promise(a_customer()).presses("100#").expects("We cannot accept this")
    maria.expects("key in the amount").presses("10#").expects("If that is right").presses("1")
    maria.expects("key in the month and the day").presses(f"{in_days(20):%m%d}")
    maria.expects("The last possible day is").expects("key in the month and the day")
    maria.presses(f"{in_days(14):%m%d}").expects("To change the day").presses("1")
    maria.expects("We have noted your promise")
    await bank.calls(maria)
    await maria.call_is_over()
    await bank.story_after(maria)
    promise = await promise_of(bank, maria)
    assert promise is not None
    assert (promise.amount.minor, promise.due_on) == (1_000, in_days(14))


@pytest.mark.parametrize("keyed", ["", "20#", "20#1"])
async def test_who_hangs_up_before_the_last_yes_has_promised_nothing(
    bank: Bank, a_customer: Customers, keyed: str
) -> None:
    maria = asks_to_promise(a_customer())
    if keyed:
        maria.presses("20#").expects("If that is right")
    if keyed.endswith("1"):
        maria.presses("1").expects("key in the month and the day")
    maria.hangs_up()
    await bank.calls(maria)
    await maria.call_is_over()
    story = await bank.story_after(maria)
    assert story.responses == ("hung_up",)
    assert story.alerts == (("open", None),)
    assert await promise_of(bank, maria) is None


@pytest.mark.full
async def test_silence_at_the_amount_ends_with_the_company_s_number_and_no_promise(
    bank: Bank, a_customer: Customers
) -> None:
    maria = asks_to_promise(a_customer()).expects("did not hear a key").expects("key in the amount")
    maria.expects("Please call us at")
    await bank.calls(maria)
    await maria.call_is_over()
    story = await bank.story_after(maria)
    assert story.responses == ("no_input",)
    assert await promise_of(bank, maria) is None


@pytest.mark.full
async def test_a_new_promise_takes_the_place_of_the_last(
    open_bank: OpenBank, a_customer: Customers, edit: Edit
) -> None:
    """The second is made in a call about another topic, which does not rest."""
    rules: Path = edit.copy(QUICK_RULES)
    other = BROKEN_PROMISE.replace("equals: broken", "equals: open").replace("topic: payments", "topic: care")
    (rules / "care.yaml").write_text(
        other.replace("promise-broken", "care").replace("event.promise_broken", "account.id")
    )
    maria = promises(a_customer(), "20", in_days(1))
    async with open_bank(content=content_in(rules=rules)) as bank:
        await bank.calls(maria)
        await maria.call_is_over()
        await bank.story_after(maria)
        confirms_the_name(maria.next_time()).presses("2").expects("Within seven days").presses("2").expects(
            "noted your"
        )
        await bank.scans()
        await maria.call_is_over(count=2)
        await bank.story_after(maria, attempts=2)
        promise = await promise_of(bank, maria)
    assert promise is not None
    assert (promise.amount.minor, promise.due_on) == (4_250, in_days(7))
