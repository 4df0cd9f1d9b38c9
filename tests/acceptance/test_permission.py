"""Whom the engine may ring: nothing is dialled that nobody allowed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from ivr.accounts.suppression import Suppression
from ivr.attempts.attempt import AttemptState
from ivr.attempts.pacing import Pace
from ivr.clock import utc_now
from ivr.switch.cel import read_cel
from tests.acceptance.bank import Bank, MovableClock
from tests.acceptance.conftest import EASTERN, QUICK_RULES, SIMULATED, Edit, OpenBank, content_in
from tests.acceptance.customers import Customer, Customers
from tests.asterisk_pair import REPOSITORY, AsteriskPair

pytestmark = pytest.mark.asterisk

PROVIDER = replace(SIMULATED, trunk="provider", is_simulated=False)
"""A line to real telephones, as far as the engine knows; it ends at the simulated network all the same."""
ONE_CALL_IN_FOUR_SECONDS = replace(SIMULATED, pace=Pace(calls_per_second=0.25))
SHIPPED_RULES = REPOSITORY / "alert_rules"
"""8 a.m. to 9 p.m."""


async def test_before_going_live_only_listed_numbers_ring_and_afterwards_only_allowed_prefixes(
    open_bank: OpenBank, a_customer: Customers
) -> None:
    listed, allowed = (a_customer().does("busy") for _ in range(2))
    foreign = a_customer(address="+442079460000")
    line = replace(
        PROVIDER, listed_numbers=frozenset({listed.number}), allowed_prefixes=(allowed.number[:-1],)
    )
    clock = MovableClock()
    async with open_bank(line=line, clock=clock) as bank:
        await bank.calls(listed, allowed, foreign)
        await bank.story_after(listed)
        for customer in (allowed, foreign):
            story = await bank.story_once(customer, lambda story: bool(story.objections))
            assert [each.reason for each in story.objections] == ["not_live"]
            assert customer.calls() == ()

        await bank.go_live()
        clock.advance(timedelta(minutes=16))
        await bank.story_after(allowed)
        story = await bank.story_once(foreign, lambda story: len(story.objections) == 2)
        assert story.objections[-1].reason == "prefix_not_allowed"
        assert (await bank.story(foreign)).line.attempts_made == 0


async def test_the_simulated_network_needs_no_going_live(bank: Bank, a_customer: Customers) -> None:
    maria = a_customer().does("busy")
    await bank.calls(maria)
    assert (await bank.story_after(maria)).closed[0].result == "busy"


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("+19005550123", id="premium rate"),
        pytest.param("+881612345678", id="satellite"),
        pytest.param("911", id="emergency"),
        pytest.param("+1911", id="emergency with a country code"),
        pytest.param("2025550123", id="no country code"),
        pytest.param("+12025550123@elsewhere", id="a SIP address"),
        pytest.param("+1202555\r\nApplication: System", id="something with a line break"),
    ],
)
async def test_a_number_that_may_never_be_dialled_does_not_reach_the_switch_and_the_next_one_is_called(
    address: str, bank: Bank, a_customer: Customers, asterisk_pair: AsteriskPair
) -> None:
    maria = a_customer(address=address, numbers=2)
    [second] = maria.others
    second.does("busy")
    await bank.calls(maria)
    story = await bank.story_after(maria)
    refused, called = story.attempts[:2]
    assert (refused.state, refused.result, refused.address) == ("cancelled", "never_dialled", address)
    assert (called.result, called.address) == ("busy", second.number)
    cel_file = asterisk_pair.engine.connection().cel_file
    assert cel_file is not None
    assert {record.channel_id for record in read_cel(cel_file)}.isdisjoint({refused.id})


async def test_outside_calling_hours_a_call_waits_for_the_next_opening_in_every_zone_of_the_customer(
    open_bank: OpenBank, a_customer: Customers
) -> None:
    clock = MovableClock()
    clock.set_to(datetime(2026, 12, 1, 7, 0, tzinfo=EASTERN))
    here = a_customer().does("busy")
    far = a_customer(time_zone="Pacific/Honolulu").does("busy")
    nowhere = a_customer(time_zone="Mars/Olympus").does("busy")
    async with open_bank(content=content_in(rules=SHIPPED_RULES), clock=clock) as bank:
        await bank.calls(here, far, nowhere)
        reasons = {}
        for customer in (here, far, nowhere):
            story = await bank.story_once(customer, lambda story: bool(story.objections))
            [reasons[customer.id]] = story.objections
            assert story.attempts[0].state is AttemptState.READY
        assert reasons[here.id].reason == reasons[far.id].reason == "outside_calling_hours"
        assert reasons[here.id].until == datetime(2026, 12, 1, 8, 0, tzinfo=EASTERN)
        assert reasons[far.id].until == datetime(2026, 12, 1, 13, 0, tzinfo=EASTERN)
        assert reasons[nowhere.id].reason == "unknown_time_zone"

        clock.set_to(datetime(2026, 12, 1, 8, 0, 1, tzinfo=EASTERN))
        assert (await bank.story_after(here)).closed[0].result == "busy"
        assert (await bank.story(far)).closed == ()
        assert nowhere.calls() == ()


async def test_a_customer_who_was_called_as_often_as_allowed_waits_until_the_cap_has_room(
    open_bank: OpenBank, a_customer: Customers, edit: Edit
) -> None:
    rules = edit.replace(QUICK_RULES, "payment-overdue.yaml", "hours: any", "hours: any\ncaps: {per_hour: 1}")
    maria = a_customer().does("busy")
    async with open_bank(content=content_in(rules=rules)) as bank:
        await bank.calls(maria)
        story = await bank.story_once(maria, lambda story: bool(story.objections))
    assert story.objections[0].reason == "cap_per_hour"
    assert story.objections[0].until == story.calls[0].started_at + timedelta(hours=1)
    assert len(maria.calls()) == 1


async def test_stop_all_holds_for_calls_that_are_about_to_be_placed(
    open_bank: OpenBank, a_customer: Customers
) -> None:
    people = [a_customer().does("busy") for _ in range(4)]
    clock = MovableClock()
    async with open_bank(line=ONE_CALL_IN_FOUR_SECONDS, clock=clock) as bank:
        await bank.calls(*people)
        called = await first_of(people, lambda customer: customer.is_called())
        await bank.stop_all()
        others = [customer for customer in people if customer is not called]
        stopped = await first_of(others, lambda each: bank.story_once(each, lambda s: bool(s.objections)))
        assert (await bank.story(stopped)).objections[0].reason == "stopped"
        assert [customer.calls() for customer in others] == [(), (), ()]

        await bank.resume_all()
        clock.advance(timedelta(seconds=11))
        for customer in others:
            assert (await bank.story_after(customer)).closed[0].result == "busy"


async def test_who_opts_out_while_their_call_waits_for_its_turn_is_not_called(
    open_bank: OpenBank, a_customer: Customers
) -> None:
    people = [a_customer().does("busy") for _ in range(2)]
    async with open_bank(line=ONE_CALL_IN_FOUR_SECONDS) as bank:
        await bank.calls(*people)
        called = await first_of(people, lambda customer: customer.is_called())
        [other] = [customer for customer in people if customer is not called]
        word = Suppression(other.id, None, None, utc_now(), "console")
        await bank.engine.store.write(lambda tx: tx.customers.add_suppression(word))
        story = await bank.story_once(other, lambda story: bool(story.objections))
    assert (story.attempts[0].state, story.attempts[0].result) == ("cancelled", "opted_out")
    assert other.calls() == ()


async def first_of(
    people: Sequence[Customer], happens: Callable[[Customer], Coroutine[Any, Any, object]]
) -> Customer:
    """Return the first of the people to whom it happens."""
    waiting = {asyncio.create_task(happens(customer)): customer for customer in people}
    done, pending = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    return waiting[done.pop()]
