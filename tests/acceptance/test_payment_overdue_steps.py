"""Silence and wrong keys at every question about an overdue payment: the call ends, and nobody pays so."""

from __future__ import annotations

import pytest
from structlog.testing import LogCapture

from tests.acceptance.bank import Bank
from tests.acceptance.customers import Customer, Customers
from tests.acceptance.every_step import falls_silent, presses_wrong_keys, see_all_end
from tests.acceptance.test_hang_up import WAYS, YES, Way, comes_to

pytestmark = [pytest.mark.asterisk, pytest.mark.full]

OWN_PROMISE = (YES, ("A payment of", "24"))
QUESTIONS = {
    **{
        node: WAYS[node]
        for node in (
            *("identify", "menu-saved-method", "menu", "pay", "pay-part"),
            *("another-amount", "another-amount: keyed in", "another-amount: right"),
            *("declined", "promise", "promise-own", "paid-how", "paid-on", "more"),
        )
    },
    "promise-own: right": Way((*OWN_PROMISE, ("Please key in", "20#")), "You will pay twenty", ""),
    "promise-own: day": Way((*OWN_PROMISE, ("Please key in", "20#1")), "Now key in the month", ""),
    "paid-on: right": Way(
        (YES, ("A payment of", "41"), ("Please key in the month", "0101")), "You paid on", ""
    ),
}
BEHAVIOURS = {"silent": falls_silent, "wrong keys": presses_wrong_keys}


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
async def test_at_every_question_a_call_comes_to_its_end(
    bank: Bank, a_customer: Customers, engine_log: LogCapture, subtests: pytest.Subtests, behaviour: str
) -> None:
    people: dict[str, Customer] = {}
    for node, way in QUESTIONS.items():
        made = a_customer(card=way.saved_as and "42", saved_as=way.saved_as or "", minimum=way.minimum)
        people[node] = BEHAVIOURS[behaviour](comes_to(made, way))
    await see_all_end(bank, people, engine_log, subtests)
    assert await bank.gateway.charges() == []
