"""Every step of the toll-free number: hang-up, silence, wrong keys to the limit, keys during what is said."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from structlog.testing import LogCapture

from ivr.calls.call_result import CallResult
from ivr.carrier.call_seen import CallSeen
from ivr.engine.content import Content
from tests.acceptance.bank import Bank
from tests.acceptance.callers import HOTLINE, closed_calls
from tests.acceptance.conftest import OpenBank
from tests.acceptance.customers import Customer, Customers, with_another_matter
from tests.acceptance.phone import PhoneBook, Somebody
from tests.acceptance.test_toll_free import (
    ASKS,
    BIRTH_DATE,
    BORN_ON,
    GREETING,
    REFERENCE,
    TOLL_FREE,
    WHY,
    WRONG,
)

pytestmark = pytest.mark.asterisk

MOMENT = timedelta(seconds=1)
PROVED = ((GREETING, "1" + BIRTH_DATE),)
"""The keys are pressed into the greeting: each waits for its question."""
TOLD = "one matter with us"
NOT_THEM, AGAIN = "not what we have", "is not one of the choices"


@dataclass(frozen=True)
class Way:
    """How a caller comes to a node, and what is heard in it."""

    keys: tuple[tuple[str, str], ...]
    """What is waited for, and the keys, if any, that are then pressed into it."""
    there: str
    owns: Mapping[str, Any] = field(default_factory=lambda: {"card": "42"})
    """What is special about the customer."""
    is_stranger: bool = False
    matters: int = 1


TO_PROVE_WRONG = ((GREETING, "1" + WRONG), (NOT_THEM, WRONG), (NOT_THEM, WRONG))
TO_PAY = (*PROVED, (TOLD, "1"), ("You are about to pay", ""))
PAYS = (*TO_PAY, ("To pay forty-two dollars", "1"))
QUESTIONS: dict[str, Way] = {
    "menu-known": Way((), WHY),
    "menu": Way((), REFERENCE, is_stranger=True),
    "questions": Way(((GREETING, "4"),), "For our opening hours, press 1"),
    "prove": Way(((GREETING, "1"),), ASKS),
    "reference": Way(((GREETING, "2"),), "nine digits"),
    "not-proven": Way(TO_PROVE_WRONG, "We could not make sure"),
    "menu-saved-method": Way(PROVED, "To pay now with your card"),
    "matter's menu": Way(PROVED, "To promise a payment, press 2", {"card": None}),
    "pay": Way(TO_PAY, "To pay forty-two dollars"),
    "declined": Way(PAYS, "did not go through", {"card": "42", "saved_as": "tok_decline"}),
    "promise": Way((*PROVED, (TOLD, "2")), "Within seven days"),
    "promise-own": Way((*PROVED, (TOLD, "24")), "Please key in the amount"),
    "next-matter": Way((*PROVED, ("more than one matter", "5")), "There is another matter", matters=2),
    "account-menu": Way((*PROVED, (TOLD, "5")), "For your balance and your last payment, press 7"),
    "preferences": Way((*PROVED, (TOLD, "56")), "To choose the hours"),
}
STATEMENTS: dict[str, Way] = {
    "greet": Way((), GREETING),
    "how-many": Way(PROVED, TOLD),
    "details": Way(PROVED, "Its reference number"),
    "account": Way((*PROVED, (TOLD, "7")), "The balance of your card account"),
    "paid": Way(PAYS, "forty-two dollars and fifty cents has been made"),
    "promised": Way((*PROVED, (TOLD, "22")), "noted your promise"),
    "already-paid": Way((*PROVED, (TOLD, "4")), "we will check it"),
    "nothing-open": Way(PROVED, "There is nothing to be settled", matters=0),
    "agent": Way((*PROVED, (TOLD, "3")), "nobody is free to talk to you"),
    "opt-out": Way(((WHY, "9"),), "We will not call this number any more"),
    "matter's opt-out": Way((*PROVED, ("To pay now with your card", "9")), "We will not call you about this"),
    "goodbye": Way(((GREETING, "5"),), "Goodbye"),
}
SILENT_NODES = {
    "begin",
    "bulletin",
    "returned",
    "choose-menu",
    "matter",
    "settle",
    "go-on",
    "choose-next",
} | {
    *("all-settled", "further-matter", "choose-nothing", "settled", "left"),
    *("what-about", "what-about-again"),
}
"""Nodes that say nothing and wait for nothing."""
ELSEWHERE = {
    **dict.fromkeys(
        ("overload", "overload-offer", "overload-call-back", "overload-noted", "overload-sorry"),
        "with too many callers: tests/acceptance/test_toll_free.py",
    ),
    "that-was-us": "when we have called: tests/acceptance/test_toll_free.py",
    "prove-after-reference": "with a reference: tests/acceptance/test_toll_free.py",
    "reference-locked": "whoever guesses: tests/acceptance/test_toll_free.py",
    "back-again": "who was cut off: tests/acceptance/test_toll_free.py",
    "settled-elsewhere": "two calls at once: tests/acceptance/test_toll_free.py",
    "settled-meanwhile": "a payment by the other call: tests/acceptance/test_toll_free.py",
    "menu-number-withheld": "tests/unit/engine/test_record_received_call.py",
    "one-more": "came up during the call: tests/unit/engine",
    "other": "no payment: tests/unit/engine/test_other_matters.py",
    **dict.fromkeys(
        ("link", "approval", "card", "monthly", "automatic"),
        "where the settings have them: tests/unit/flows/test_paying.py, tests/acceptance/test_paying_on.py",
    ),
    **dict.fromkeys(
        ("paid-by-itself", "end-automatic"), "who agreed to that: tests/unit/flows/test_end_automatic.py"
    ),
    **dict.fromkeys(
        ("another-amount", "pay-part", "paid-part"), "less than all: tests/unit/flows/test_another_amount.py"
    ),
    "payment-unknown": "while the provider can't be asked: tests/unit/engine",
}


def test_every_node_of_both_flows_has_its_way(demo_content: Content) -> None:
    flows = demo_content.flows
    nodes = set(flows["toll-free"].nodes) | set(flows["toll-free-matter"].nodes)
    named = {*QUESTIONS, *STATEMENTS, "menu", "menu-saved-method"}
    assert nodes - named == {*SILENT_NODES, *ELSEWHERE}


@pytest.fixture
async def bank(open_bank: OpenBank, inbound_app: str) -> AsyncIterator[Bank]:
    """A bank whose toll-free number can be called."""
    async with open_bank(app=inbound_app, reception=TOLL_FREE) as bank:
        yield bank


class Street:
    """People of one test, each on their way to a node."""

    def __init__(self, bank: Bank, a_customer: Customers, phone_book: PhoneBook) -> None:
        self._bank = bank
        self._a_customer = a_customer
        self._phone_book = phone_book

    async def sends(
        self, ways: Mapping[str, Way], then: Callable[[str, Somebody], Somebody]
    ) -> dict[str, CallSeen]:
        """Let somebody go each of the ways at once, and do `then` when they are there."""
        people = {node: self._somebody(way) for node, way in ways.items()}
        await self._bank.stop_all()
        for node, somebody in people.items():
            if isinstance(somebody, Customer):
                await self._bank.takes_in(somebody)
                for matter in range(ways[node].matters):
                    await self._bank.takes_in(with_another_matter(somebody) if matter else somebody)
                    await self._bank.scans()
        for node, somebody in people.items():
            for phrase, keys in ways[node].keys:
                somebody.expects(phrase)
                if keys:
                    somebody.presses(keys)
            then(node, somebody.expects(ways[node].there))
        await asyncio.gather(*(somebody.dials(HOTLINE) for somebody in people.values()))
        over = (somebody.call_is_over(within=timedelta(minutes=4)) for somebody in people.values())
        calls = dict(zip(people, await asyncio.gather(*over), strict=True))
        rows = await closed_calls(self._bank, len(ways))
        assert {row.call_result for row in rows} == {CallResult.ANSWERED}
        return calls

    def _somebody(self, way: Way) -> Somebody:
        if way.is_stranger:
            return self._phone_book.somebody()
        owing = "42.50" if way.matters else "0.00"
        return self._a_customer(owing, birth_date=BORN_ON, **way.owns)


@pytest.fixture
def street(bank: Bank, a_customer: Customers, phone_book: PhoneBook) -> Street:
    """People who call the bank."""
    return Street(bank, a_customer, phone_book)


def errors(engine_log: LogCapture) -> list[Any]:
    """Return what is logged that should not be."""
    return [entry for entry in engine_log.entries if entry["log_level"] in ("error", "critical")]


@pytest.mark.full
async def test_a_hang_up_at_any_step_is_an_ordinary_end(
    street: Street, engine_log: LogCapture, subtests: pytest.Subtests
) -> None:
    calls = await street.sends({**QUESTIONS, **STATEMENTS}, lambda _, somebody: somebody.hangs_up())
    for node, call in calls.items():
        with subtests.test(node):
            assert call.ended_by == "person"
    assert errors(engine_log) == []


@pytest.mark.full
async def test_silence_at_any_question_is_asked_again_and_then_left(
    street: Street, engine_log: LogCapture, subtests: pytest.Subtests
) -> None:
    calls = await street.sends(QUESTIONS, lambda _, somebody: somebody.expects("Goodbye"))
    for node, call in calls.items():
        with subtests.test(node):
            assert call.ended_by == "far_end"
    assert errors(engine_log) == []


AFTER_WRONG_KEYS = {
    "prove": "We could not make sure",
    "reference": "we take no more reference numbers",
    "promise-own": "To promise the payment",
}
"""Where a question does not end the call; there silence follows."""


@pytest.mark.full
async def test_wrong_keys_at_any_question_are_told_and_then_left(
    street: Street, engine_log: LogCapture, subtests: pytest.Subtests
) -> None:
    def presses_wrong_keys(node: str, somebody: Somebody) -> Somebody:
        for _ in range(3):
            somebody.presses("#", wait=MOMENT)
        if node in AFTER_WRONG_KEYS:
            somebody.expects(AFTER_WRONG_KEYS[node])
        return somebody.expects("Goodbye")

    calls = await street.sends(QUESTIONS, presses_wrong_keys)
    for node, call in calls.items():
        with subtests.test(node):
            assert call.ended_by == "far_end"
    assert errors(engine_log) == []


@pytest.mark.full
async def test_who_knows_the_way_presses_ahead_and_pays_nothing_without_being_asked(
    street: Street, bank: Bank
) -> None:
    ahead = Way(((GREETING, f"1{BIRTH_DATE}1111"),), "You are about to pay", {"card": "42"})
    calls = await street.sends(
        {"pay": ahead}, lambda _, somebody: somebody.expects("To pay forty-two dollars").hangs_up()
    )
    assert calls["pay"].ended_by == "person"
    assert await bank.gateway.charges() == []
