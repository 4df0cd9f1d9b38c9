"""People hang up whenever they like."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest
from structlog.testing import LogCapture

from ivr.engine.content import Content
from tests.acceptance.bank import Bank
from tests.acceptance.customers import Customer, Customers

pytestmark = pytest.mark.asterisk


@dataclass(frozen=True, slots=True)
class Way:
    """The way into a node: what is heard, then pressed, in turn; then what is heard there."""

    keys: tuple[tuple[str, str], ...]
    there: str
    disposition: str
    saved_as: str | None = None
    """A saved card at the provider, without which there is none."""
    minimum: str | None = None
    """The least that keeps the account in order."""


HELLO = "Hello, this is Sample Bank"
YES = (HELLO, "1")
TO_PAYMENT = (YES, ("A payment of", "1"), ("To pay forty-two dollars and fifty cents now", "1"))
TO_AN_AMOUNT = (YES, ("A payment of", "1"), ("To pay another amount", "3"))
KEYED_IN = (*TO_AN_AMOUNT, ("You can pay up to", "20#"))
TO_A_PART = (*KEYED_IN, ("You would pay twenty", "1"))
WAYS = {
    "identify": Way((), HELLO, "hung_up"),
    "not-them": Way(((HELLO, "2"),), "Thank you for telling us", "wrong_party"),
    "limited-message": Way(((HELLO, "777"),), "This is Sample Bank", "no_response"),
    "details": Way((YES,), "A payment of", "hung_up"),
    "menu-saved-method": Way((YES, ("A payment of", "8")), "To pay now with", "hung_up", "tok_ok"),
    "menu": Way((YES,), "To promise a payment", "hung_up"),
    "pay": Way((YES, ("A payment of", "1")), "You are about to pay", "hung_up", "tok_ok"),
    "another-amount": Way(TO_AN_AMOUNT, "To pay the minimum of", "hung_up", "tok_ok", "10.00"),
    "another-amount: keyed in": Way(TO_AN_AMOUNT, "You can pay up to", "hung_up", "tok_ok"),
    "another-amount: right": Way(KEYED_IN, "You would pay twenty", "hung_up", "tok_ok"),
    "pay-part": Way(TO_A_PART, "You are about to pay twenty", "hung_up", "tok_ok"),
    "paid-part": Way(
        (*TO_A_PART, ("To pay twenty dollars now", "1")),
        "Your payment of twenty",
        "payment",
        "tok_ok",
    ),
    "paid": Way(TO_PAYMENT, "Your payment of", "payment", "tok_ok"),
    "declined": Way(TO_PAYMENT, "Your payment did not go through", "right_party_contact", "tok_decline"),
    "promise": Way((YES, ("A payment of", "2")), "To promise the payment of", "hung_up"),
    "promised": Way((YES, ("A payment of", "21")), "We have noted your promise", "promise_to_pay"),
    "promise-own": Way((YES, ("A payment of", "24")), "Please key in the amount", "hung_up"),
    "paid-how": Way((YES, ("A payment of", "4")), "If you paid online", "right_party_contact"),
    "paid-on": Way((YES, ("A payment of", "41")), "Please key in the month", "right_party_contact"),
    "already-paid": Way(
        (YES, ("A payment of", "41"), ("Please key in the month", "0101"), ("You paid on", "1")),
        "We have noted that you have paid",
        "right_party_contact",
    ),
    "more": Way((YES, ("A payment of", "5")), "If you do not agree", "hung_up"),
    "disputed": Way((YES, ("A payment of", "51")), "We have noted that you do not agree", "refused"),
    "stop-contact": Way(
        (YES, ("A payment of", "5"), ("If you do not agree", "2")), "We will not contact you", "do_not_call"
    ),
    "later": Way(
        (YES, ("A payment of", "5"), ("If you do not agree", "3")), "To be called in one hour", "hung_up"
    ),
    "preferences": Way(
        (YES, ("A payment of", "5"), ("If you do not agree", "4")), "To choose the hours", "hung_up"
    ),
    "agent": Way(((HELLO, "0"),), "nobody is free to talk to you", "hung_up"),
    "opt-out": Way(((HELLO, "9"),), "We will not call you", "do_not_call"),
}
SILENT_NODES = {
    *("choose-menu", "again", "paid-by-card", "paid-by-transfer", "paid-by-check", "paid-told"),
    *("after-paying", "after-paying-part"),
}
"""Nodes that say nothing and wait for nothing."""
ELSEWHERE = {
    "payment-unknown": "while the provider can't be asked: tests/unit/engine",
    "link": "where a link can be sent: tests/acceptance/test_links.py",
    "approval": "where the bank wants it approved: tests/acceptance/test_links.py",
    "settled-meanwhile": "when the account changes during the call: tests/acceptance/test_payment.py",
    "settled-elsewhere": "two calls at once: tests/acceptance/test_toll_free.py",
    **dict.fromkeys(
        ("card", "paid-go-on", "paid-part-go-on", "monthly", "automatic"),
        "where the settings have vault and offers: tests/acceptance/test_paying_on.py",
    ),
    "goodbye": "said by keys of the nodes above: tests/unit/flows",
}


def comes_to(customer: Customer, way: Way) -> Customer:
    """Let the customer go this way."""
    for phrase, keys in way.keys:
        customer.expects(phrase).presses(keys)
    return customer.expects(way.there)


def goes(customer: Customer, way: Way) -> Customer:
    """Let the customer go this way, and hang up in the middle of a sentence."""
    return comes_to(customer, way).hangs_up()


def test_every_node_of_the_shipped_flow_has_its_way(demo_content: Content) -> None:
    nodes = set(demo_content.flows["payment-overdue"].nodes)
    ways = {name.partition(":")[0] for name in WAYS}
    assert ways | SILENT_NODES | set(ELSEWHERE) == nodes


async def test_a_hang_up_in_any_node_is_an_ordinary_end(
    bank: Bank, a_customer: Customers, engine_log: LogCapture, subtests: pytest.Subtests
) -> None:
    people = {
        node: goes(
            a_customer(card=way.saved_as and "42", saved_as=way.saved_as or "", minimum=way.minimum), way
        )
        for node, way in WAYS.items()
    }
    await bank.calls(*people.values())
    calls = await asyncio.gather(*(person.call_is_over() for person in people.values()))
    for (node, way), call in zip(WAYS.items(), calls, strict=True):
        with subtests.test(node):
            assert call.ended_by == "person"
            story = await bank.story_after(people[node])
            [row] = story.calls[:1]
            assert (row.call_result, row.q850) == ("answered", 16)
            assert story.closed[0].disposition == way.disposition
    assert [entry for entry in engine_log.entries if entry["log_level"] in ("error", "critical")] == []
