"""People call the company."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import sqlalchemy as sa
from structlog.testing import LogCapture

from ivr.calls.call_result import CallResult
from ivr.engine.content import Content
from ivr.engine.reception import Reception
from ivr.store.tables.calls import call_steps
from tests.acceptance.bank import Bank
from tests.acceptance.callers import HOTLINE, closed_calls
from tests.acceptance.conftest import OpenBank
from tests.acceptance.customers import Customers
from tests.acceptance.phone import PhoneBook, Somebody

pytestmark = pytest.mark.asterisk

DESK = Reception({HOTLINE: "front-desk"}, "US", 600)
GREETING = "Thank you for calling Sample Bank"
MENU = "For our opening hours and our address"


@pytest.fixture
async def bank(open_bank: OpenBank, inbound_app: str) -> AsyncIterator[Bank]:
    """A bank that can be called."""
    async with open_bank(app=inbound_app, reception=DESK) as bank:
        yield bank


async def test_a_caller_is_greeted_asks_and_is_told(bank: Bank, phone_book: PhoneBook) -> None:
    ada = phone_book.somebody().expects(GREETING).expects(MENU).presses("1")
    ada.expects("For our address, press 2").presses("2").expects("You find us on Main Street")
    ada.expects("To go back").presses("5").expects(MENU).presses("5").expects("Goodbye")
    await ada.dials(HOTLINE)
    call = await ada.call_is_over()
    assert call.ended_by == "far_end"
    [row] = await closed_calls(bank)
    assert (row.number, row.caller_id, row.trunk, row.attempt_id) == (ada.number, HOTLINE, "carrier", None)
    assert (row.call_result, row.flow) == (CallResult.ANSWERED, "front-desk")
    assert row.sip_call_id == call.sip_call_id
    steps = await bank.engine.store.read(
        lambda tx: tx.connection.execute(sa.select(call_steps.c.kind)).scalars().all()
    )
    assert {"said", "answered", "hangup"} <= set(steps)


WAYS = {
    "greet": ((), GREETING),
    "menu": ((), MENU),
    "questions": (((MENU, "1"),), "For our opening hours, press 1"),
    "an answer": (((MENU, "1"), ("For our address", "1")), "We are open from Monday"),
    "agent": (((MENU, "2"),), "nobody is free to talk to you"),
    "opt-out": (((MENU, "9"),), "We will not call this number any more"),
    "goodbye": (((MENU, "5"),), "Thank you."),
}


async def test_a_hang_up_at_any_point_is_an_ordinary_end(
    bank: Bank, phone_book: PhoneBook, engine_log: LogCapture, subtests: pytest.Subtests
) -> None:
    people = {node: _goes(phone_book.somebody(), *way) for node, way in WAYS.items()}
    await asyncio.gather(*(person.dials(HOTLINE) for person in people.values()))
    for node, person in people.items():
        with subtests.test(node):
            assert (await person.call_is_over()).ended_by == "person"
    rows = await closed_calls(bank, len(WAYS))
    assert {row.call_result for row in rows} == {CallResult.ANSWERED}
    assert [entry for entry in engine_log.entries if entry["log_level"] in ("error", "critical")] == []


def _goes(somebody: Somebody, keys: tuple[tuple[str, str], ...], there: str) -> Somebody:
    for phrase, pressed in keys:
        somebody.expects(phrase).presses(pressed)
    return somebody.expects(there).hangs_up()


async def test_silence_is_asked_twice_then_left(bank: Bank, phone_book: PhoneBook) -> None:
    ada = phone_book.somebody().expects(MENU).expects("We did not hear a key").expects("Goodbye")
    await ada.dials(HOTLINE)
    assert (await ada.call_is_over()).ended_by == "far_end"
    await closed_calls(bank)


async def test_a_customer_is_spoken_to_in_their_language_and_nothing_else_is_told(
    bank: Bank, a_customer: Customers
) -> None:
    maria = a_customer("0.00", language="es")
    await bank.takes_in(maria)
    maria.expects("Gracias por llamar a Sample Bank").expects("oprima 9").hangs_up()
    await maria.dials(HOTLINE)
    await maria.call_is_over()
    assert not any("Maria" in words for words in maria.heard_words())
    [row] = await closed_calls(bank)
    assert row.customer_id == maria.id


async def test_whoever_asks_for_it_is_called_no_more(bank: Bank, a_customer: Customers) -> None:
    maria = a_customer().expects(MENU).presses("9").expects("We will not call this number any more")
    await maria.dials(HOTLINE)
    await maria.call_is_over()
    await bank.takes_in(maria)
    await bank.scans()
    story = await bank.story_once(maria, lambda story: bool(story.objections))
    assert story.objections[0].reason == "address_opted_out"
    assert len(maria.calls()) == 1, "the one that she made herself"


async def test_a_number_that_nobody_serves_does_not_answer(bank: Bank, phone_book: PhoneBook) -> None:
    ada, ben = phone_book.somebody().expects(GREETING), phone_book.somebody().expects(GREETING).hangs_up()
    await ada.dials("+18005550199")
    [call] = await ada.ended_calls()
    assert (call.answered_at, call.ended_by) == (None, "far_end")
    await ben.dials(HOTLINE)
    await ben.call_is_over()


async def test_the_flow_that_serves_callers_waits_five_seconds_for_a_key(demo_content: Content) -> None:
    assert demo_content.flows["front-desk"].manners.first_key == 5
