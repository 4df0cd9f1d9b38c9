"""Calls that did not settle the matter are tried again, as the retry rule says and the hours allow."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from ivr.carrier.person import Person
from ivr.carrier.town import Town
from tests.acceptance.bank import Bank, MovableClock
from tests.acceptance.conftest import EASTERN, QUICK_RULES, SAMPLE_BANK, SIMULATED, Edit, OpenBank, content_in
from tests.acceptance.customers import Customers
from tests.acceptance.phone import PhoneBook
from tests.asterisk_pair import REPOSITORY

pytestmark = pytest.mark.asterisk

SHIPPED_RULES = REPOSITORY / "alert_rules"
MORNING = datetime(2026, 12, 1, 10, 0, tzinfo=EASTERN)
A_TOUCH = timedelta(seconds=1)
"""The network sees the end of a call a moment after the engine, which places the next one at once."""


async def test_a_second_call_comes_after_the_wait_with_the_same_caller_id_and_works_like_the_first(
    bank: Bank, a_customer: Customers
) -> None:
    maria = a_customer(card="42").does("busy")
    await bank.calls(maria)
    await maria.call_is_over()
    maria.expects("Hello, this is Sample Bank").presses("1").expects("A payment of").presses("1")
    maria.expects("To pay forty-two dollars and fifty cents now").presses("1").expects("has been made")
    await maria.call_is_over(count=2)

    first, second = maria.calls()
    assert first.caller_id == second.caller_id == SAMPLE_BANK.phone
    assert first.attempt_id != second.attempt_id
    assert first.ended_at is not None
    assert second.began_at is not None
    assert timedelta(seconds=2.5) <= second.began_at - first.ended_at < timedelta(seconds=15)
    story = await bank.story_after(maria, attempts=2)
    assert (story.closed[1].disposition, story.amount_due) == ("payment", "0.00 USD")


async def test_an_answer_without_a_word_is_no_success(bank: Bank, a_customer: Customers) -> None:
    maria = a_customer().answers().hangs_up()
    await bank.calls(maria)
    story = await bank.story_after(maria, attempts=2)
    assert [each.result for each in story.closed] == ["answered", "answered"]
    assert story.alerts == (("exhausted", "max_attempts_hung_up"),)
    assert story.amount_due == "42.50 USD"


async def test_what_is_to_be_retried_is_for_the_retry_rule_to_say(
    open_bank: OpenBank, a_customer: Customers, edit: Edit
) -> None:
    rules = edit.replace(QUICK_RULES, "retry/quick.yaml", "busy: {max_attempts: 2, after: 3s}", "busy: never")
    maria = a_customer().does("busy")
    async with open_bank(content=content_in(rules=rules)) as bank:
        await bank.calls(maria)
        story = await bank.story_after(maria)
    assert story.alerts == (("exhausted", "never_after_busy"),)
    assert len(story.attempts) == 1


async def test_a_call_that_is_hours_late_is_made_and_not_dropped(
    open_bank: OpenBank, a_customer: Customers
) -> None:
    clock = MovableClock()
    clock.set_to(MORNING)
    maria = a_customer().does("busy")
    async with open_bank(content=content_in(rules=SHIPPED_RULES), clock=clock) as bank:
        await bank.stop_all()
        await bank.calls(maria)
    clock.advance(timedelta(hours=5))
    async with open_bank(content=content_in(rules=SHIPPED_RULES), clock=clock) as bank:
        await bank.resume_all()
        assert (await bank.story_after(maria)).closed[0].result == "busy"


async def test_a_payment_that_was_made_elsewhere_in_the_meantime_ends_the_matter_before_the_next_call(
    bank: Bank, a_customer: Customers
) -> None:
    maria = a_customer().does("busy")
    await bank.calls(maria)
    story = await bank.story_after(maria)
    [account] = maria.record.accounts
    paid = replace(account, amount_due=replace(account.amount_due, minor=0))
    maria.record = replace(maria.record, accounts=[paid])
    await bank.takes_in(maria)
    story = await bank.story_once(maria, lambda story: story.alerts[0][0].value != "open")
    assert story.alerts == (("cleared", "cause_gone"),)
    assert len(maria.calls()) == 1


async def test_a_matter_makes_one_alert_and_one_call_however_often_the_rule_looks(
    bank: Bank, a_customer: Customers
) -> None:
    maria = a_customer().answers().expects("Hello, this is Sample Bank").presses("9")
    await bank.takes_in(maria)
    await asyncio.gather(*(bank.scans() for _ in range(5)))
    await maria.call_is_over()
    await bank.story_after(maria)
    await bank.scans()
    story = await bank.story(maria)
    assert (len(story.alerts), len(story.attempts), len(maria.calls())) == (1, 1, 1)


async def test_a_call_that_nobody_answers_gives_its_place_to_the_next(
    open_bank: OpenBank, a_customer: Customers, edit: Edit
) -> None:
    rules = edit.replace(QUICK_RULES, "payment-overdue.yaml", "ring_timeout: 12s", "ring_timeout: 5s")
    people = [a_customer().does("never_answers") for _ in range(3)]
    async with open_bank(content=content_in(rules=rules), line=replace(SIMULATED, max_calls=1)) as bank:
        await bank.calls(*people)
        for person in people:
            assert (await bank.story_after(person)).closed[0].result == "no_answer"
        seen = sorted(
            (call for person in people for call in person.calls()[:1]), key=lambda c: str(c.began_at)
        )
        for before, after in itertools.pairwise(seen):
            assert before.ended_at is not None
            assert after.began_at is not None
            assert before.ended_at <= after.began_at + A_TOUCH
        await bank.story_once(people[0], lambda _: bank.engine.dispatcher.busy <= 1)


async def test_a_stranger_who_calls_in_disturbs_no_call_that_is_up(
    open_bank: OpenBank, a_customer: Customers, phone_book: PhoneBook, town: Town, inbound_app: str
) -> None:
    maria = a_customer().answers().expects("To stop these calls").waits(timedelta(seconds=3)).presses("1")
    maria.expects("A payment of").presses("4").expects("noted that you have paid").presses("5")
    stranger = Person.model_validate(
        {"number": phone_book.somebody().number, "name": "Stranger", "does": "busy"}
    )
    async with open_bank(app=inbound_app) as bank:
        await bank.calls(maria)
        await maria.has_heard("To stop these calls")
        await town.call(stranger, SAMPLE_BANK.phone)
        [seen] = await town.ended_calls(stranger.number)
        assert seen.answered_at is None
        await maria.call_is_over()
        story = await bank.story_after(maria)
    assert story.responses == ("already_paid",)
