"""A customer who wants to talk to a person: put through, told to wait, called back, never left alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from ivr.ari.request import Request, nothing
from ivr.engine.content import Content
from ivr.engine.reception import Reception
from ivr.switch import process
from tests.acceptance.callers import HOTLINE, closed_calls
from tests.acceptance.conftest import QUICK_RULES, Edit, OpenBank, content_in
from tests.acceptance.customers import Customer, Customers
from tests.acceptance.phone import PhoneBook, Somebody
from tests.acceptance.test_call_back import far_from_now, keyed, spoken
from tests.asterisk_pair import AsteriskPair, Place, client_of

pytestmark = pytest.mark.asterisk

HELLO = "Hello, this is Sample Bank"
OFFER, ASK_TIME = "To be called back at a time of your choice", "Please key in the time"
CALL_US = "Please call us later at"

Staffed = Callable[[Somebody], AbstractAsyncContextManager[None]]
DeskIs = Callable[[str], Awaitable[None]]


@pytest.fixture
def flows(edit: Edit, agent_queue: str) -> Path:
    """The shipped flows, with the tests' queue in the place of the company's."""
    edit.replace("dialplans/flows", "agent.yaml", "queue: front-desk", f"queue: {agent_queue}")
    return edit.replace("dialplans/flows", "agent.yaml", "queue: collections", f"queue: {agent_queue}")


@pytest.fixture
def rules(edit: Edit) -> Path:
    """A rule whose alerts live long enough for a call-back."""
    return edit.replace(QUICK_RULES, "payment-overdue.yaml", "expires_after: 1h", "expires_after: 2d")


@pytest.fixture
def content(flows: Path, rules: Path) -> Content:
    return content_in(flows=flows, rules=rules)


@pytest.fixture
def desk_is(asterisk_pair: AsteriskPair, place: Place) -> DeskIs:
    """Return what tells the queue whether its agent is on another call: `INUSE` or `NOT_INUSE`."""

    async def desk_is(state: str) -> None:
        connection = asterisk_pair.engine.connection()
        async with client_of(connection, f"{place.engine_app}-desk") as client:
            await client.connect()
            where, told = "/deviceStates/Stasis:desk", {"deviceState": state}
            await client.send(Request("set_device_state", "PUT", where, nothing, told))

    return desk_is


@pytest.fixture
def staffed(asterisk_pair: AsteriskPair, desk_is: DeskIs, agent_queue: str) -> Staffed:
    """Return what lets somebody be the queue's agent for a while."""

    @asynccontextmanager
    async def staffed(agent: Somebody) -> AsyncIterator[None]:
        switch = asterisk_pair.engine
        await desk_is("NOT_INUSE")
        member = f"PJSIP/{agent.number}@carrier"
        process.cli(
            switch, f"queue add member {member} to {agent_queue} penalty 0 as Amy state_interface Stasis:desk"
        )
        try:
            yield
        finally:
            process.cli(switch, f"queue remove member {member} from {agent_queue}")

    return staffed


@pytest.fixture
def maria(a_customer: Customers) -> Customer:
    """Somebody who wants an agent at once."""
    return a_customer().expects(HELLO).presses("0")


async def test_a_customer_is_put_through_and_the_talk_is_recorded_as_such(
    open_bank: OpenBank, content: Content, staffed: Staffed, maria: Customer, phone_book: PhoneBook
) -> None:
    maria.expects("Please hold").expects("Thank you for talking with us")
    amy = phone_book.somebody().answers().says("hello").hangs_up()
    async with open_bank(content=content) as bank, staffed(amy):
        await bank.calls(maria)
        await maria.call_is_over()
        await amy.call_is_over()
        story = await bank.story_after(maria)
    assert "transferred" in story.responses
    assert story.disposition == "agent_handled"


async def test_where_nobody_is_there_the_menu_itself_is_another_and_a_call_back_is_arranged(
    open_bank: OpenBank, content: Content, maria: Customer
) -> None:
    at = far_from_now(minute=17)
    maria.expects("nobody is free to talk to you").expects(OFFER).presses("1").expects(ASK_TIME)
    maria.presses(keyed(at)).expects(f"You want to be called at {spoken(at)}").presses("1")
    maria.expects(f"at {spoken(at)}")
    async with open_bank(content=content) as bank:
        await bank.calls(maria)
        await maria.call_is_over()
        story = await bank.story_after(maria)
    assert not any("Please hold" in words for words in maria.heard_words())
    assert story.next_attempt is not None
    assert (story.next_attempt.due_at, story.responses) == (at, ("callback_requested",))


async def test_whom_no_agent_took_comes_back_and_is_called_back(
    open_bank: OpenBank, content: Content, staffed: Staffed, maria: Customer, phone_book: PhoneBook
) -> None:
    at = far_from_now(minute=17)
    maria.expects("Please hold").expects("nobody could take your call").expects(OFFER).presses("1")
    maria.expects(ASK_TIME).presses(keyed(at)).expects("You want to be called at").presses("1")
    maria.expects("We will call you on")
    away = phone_book.somebody().does("never_answers")
    async with open_bank(content=content) as bank, staffed(away):
        await bank.calls(maria)
        await maria.call_is_over()
        story = await bank.story_after(maria)
    assert len(away.calls()) == 1, "a missed ring pauses the agent"
    assert story.next_attempt is not None
    assert story.next_attempt.due_at == at


async def test_outside_the_agents_hours_a_call_back_is_offered_though_somebody_is_there(
    open_bank: OpenBank,
    flows: Path,
    rules: Path,
    edit: Edit,
    staffed: Staffed,
    maria: Customer,
    phone_book: PhoneBook,
) -> None:
    far = far_from_now(minute=17)
    hours = f"every_day: {far:%H}:16-{far:%H}:17"
    edit.replace(QUICK_RULES, "hours/agents.yaml", "every_day: 00:00-24:00", hours)
    maria.expects("Our agents are not here at this hour").expects(OFFER).presses("5").expects("Goodbye")
    amy = phone_book.somebody().answers()
    async with open_bank(content=content_in(flows=flows, rules=rules)) as bank, staffed(amy):
        await bank.calls(maria)
        await maria.call_is_over()
    assert amy.calls() == ()


async def test_a_hang_up_in_the_queue_is_an_ordinary_end(
    open_bank: OpenBank, content: Content, staffed: Staffed, maria: Customer, phone_book: PhoneBook
) -> None:
    maria.hears_out("Please hold").waits(timedelta(seconds=1)).hangs_up()
    away = phone_book.somebody().does("never_answers")
    async with open_bank(content=content) as bank, staffed(away):
        await bank.calls(maria)
        assert (await maria.call_is_over()).ended_by == "person"
        story = await bank.story_after(maria)
    assert story.disposition == "hung_up"


@pytest.mark.full
async def test_silence_where_a_call_back_is_offered_ends_with_our_number(
    open_bank: OpenBank, content: Content, maria: Customer
) -> None:
    maria.expects(OFFER).expects("We did not hear a key").expects(CALL_US)
    async with open_bank(content=content) as bank:
        await bank.calls(maria)
        assert (await maria.call_is_over()).ended_by == "far_end"


@pytest.mark.full
async def test_a_caller_whom_no_alert_is_about_is_asked_to_call_later(
    open_bank: OpenBank, content: Content, phone_book: PhoneBook, inbound_app: str
) -> None:
    ada = phone_book.somebody().expects("To talk to an agent, press 2").presses("2")
    ada.expects("nobody is free to talk to you").expects(CALL_US)
    desk = Reception({HOTLINE: "front-desk"}, "US", 600)
    async with open_bank(app=inbound_app, reception=desk, content=content) as bank:
        await ada.dials(HOTLINE)
        await ada.call_is_over()
        await closed_calls(bank)


@pytest.mark.full
@pytest.mark.parametrize("keys", ["", "*", "0", "01", "0150#"])
async def test_whatever_an_agent_leaves_half_said_changes_nothing(
    open_bank: OpenBank, phone_book: PhoneBook, inbound_app: str, keys: str
) -> None:
    amy = phone_book.somebody().expects("How did your last call end")
    if keys:
        amy.presses(keys)
    amy.waits(timedelta(seconds=1)).hangs_up()
    desk = Reception({HOTLINE: "wrap-up"}, "US", 600)
    async with open_bank(app=inbound_app, reception=desk) as bank:
        await amy.dials(HOTLINE)
        assert (await amy.call_is_over()).ended_by == "person"
        await closed_calls(bank)
        assert (
            await bank.engine.store.read(lambda tx: tx.outcomes.due_entries(bank.engine.world.clock(), 9))
            == []
        )


@pytest.mark.full
@pytest.mark.parametrize("code", ["wrap-up", "agent-desk"])
async def test_silence_and_wrong_keys_end_an_agents_call_with_a_good_bye(
    open_bank: OpenBank, phone_book: PhoneBook, inbound_app: str, code: str
) -> None:
    silent = phone_book.somebody().expects("press 1").expects("We did not hear a key").expects("Goodbye")
    wrong = phone_book.somebody().expects("press 1").presses("#").expects("press 1").presses("#")
    wrong.expects("press 1").presses("#").expects("Goodbye")
    desk = Reception({HOTLINE: code}, "US", 600)
    async with open_bank(app=inbound_app, reception=desk) as bank:
        await asyncio.gather(silent.dials(HOTLINE), wrong.dials(HOTLINE))
        for somebody in (silent, wrong):
            ended = await somebody.call_is_over(within=timedelta(minutes=3))
            assert ended.ended_by == "far_end"
        await closed_calls(bank, 2)
