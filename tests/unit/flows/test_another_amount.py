"""Whoever pays can pay less than all that is due, with whichever card: the minimum, or what they key in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from ivr.flows.effects import Pay
from ivr.flows.events import EffectDone, FlowEvent
from ivr.flows.sample_variables import SAMPLE_VARIABLES
from ivr.flows.variables import Variables
from tests.unit.flows.rehearsal import Rehearsal
from tests.unit.flows.test_paying import Talk, offers

CARD = ("4242424242424242#", "1139", "739#")


class Caller(Talk):
    """A call that comes in; what is taken up of the customer is what they have."""

    def __init__(self, customer: Variables) -> None:
        self._customer = customer
        call = {"direction": "inbound", "number": "+12025550123", "returned": False, "overloaded": False}
        super().__init__({**customer, "call": call}, "toll-free")

    def feed(self, event: FlowEvent, elapsed: float = 0.0) -> Rehearsal:
        if isinstance(event, EffectDone):
            theirs = {name: self._customer[name] for name in event.values if name in self._customer}
            event = replace(event, values={**event.values, **theirs})
        return super().feed(event, elapsed)


WAYS: Mapping[str, Callable[[Variables], Talk]] = {
    "a card that the vault takes": lambda more: Talk({**offers(vault=True), **more}).keys("1", "7"),
    "a card that is keyed in": lambda more: Talk({**offers(card_keying=True), **more}).keys("1", "7", *CARD),
    "the saved card of who is invited": (
        lambda more: Talk({**offers(invited=True), **more}, "payment-invitation").keys("1", "1")
    ),
    "another card of who is invited": (
        lambda more: Talk({**offers(vault=True), **more}, "payment-invitation").keys("1", "1", "2", "7")
    ),
    "the saved card of a caller": lambda more: Caller({**offers(), **more}).keys("1", "8264#", "1"),
    "another card of a caller": lambda more: Caller({**offers(vault=True), **more}).keys("1", "8264#", "8"),
}
"""Ways to where a key pays all that is due."""
NO_MINIMUM: Mapping[str, Any] = {"account": {**SAMPLE_VARIABLES["account"], "minimum_due": None}}  # type: ignore[dict-item]


def paid(call: Talk) -> list[str]:
    return [str(pay.amount.amount) for pay in call.asked_for(Pay) if isinstance(pay, Pay)]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("chosen", "amount", "said"),
    [(("1",), "25.00", "twenty-five dollars"), (("2", "30*50#", "1"), "30.50", "thirty dollars and fifty")],
)
def test_the_minimum_or_an_amount_that_is_keyed_in(
    way: str, chosen: tuple[str, ...], amount: str, said: str
) -> None:
    call = WAYS[way]({})
    assert "To pay another amount, press 3" in call.heard[-1]
    call.keys("3", *chosen)
    assert paid(call) == []
    assert f"You are about to pay {said}" in call.heard[-2], "read back with the card before a key pays it"
    call.keys("1")
    assert paid(call) == [amount]
    assert f"Your payment of {said}" in call.words


@pytest.mark.parametrize("way", WAYS)
def test_all_that_is_due_is_still_one_key(way: str) -> None:
    assert paid(WAYS[way]({}).keys("1")) == ["120.50"]


@pytest.mark.parametrize("way", WAYS)
def test_where_there_is_no_minimum_the_amount_is_asked_for_at_once(way: str) -> None:
    call = WAYS[way](NO_MINIMUM).keys("3")
    assert "key in the amount" in call.heard[-1]
    assert "minimum" not in call.words


@pytest.mark.parametrize("way", WAYS)
def test_the_amount_is_read_back_and_can_be_changed(way: str) -> None:
    call = WAYS[way]({}).keys("3", "2", "300#")
    assert "We cannot take that amount" in call.words, "it is more than is due"
    call.keys("3*00#")
    assert "You would pay three dollars" in call.heard[-1]
    call.keys("2", "4*00#", "1", "1")
    assert paid(call) == ["4.00"]


@pytest.mark.parametrize("way", WAYS)
def test_who_goes_back_is_asked_about_all_of_it_again(way: str) -> None:
    call = WAYS[way]({}).keys("3", "5")
    assert "To pay one hundred twenty dollars and fifty cents now, press 1" in call.heard[-1]
    assert paid(call) == []


@pytest.mark.parametrize("flow", ["payment-invitation", "automatic-payment-declined"])
def test_going_back_without_paying_leads_to_where_the_talk_came_from(flow: str) -> None:
    call = Talk(offers(), flow)
    menu = call.keys("1").heard[-1]
    call.keys("1", "3", "1")
    assert "To go back without paying, press 2" in call.heard[-1]
    assert call.keys("2").heard[-1] == menu
    assert paid(call) == []


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("until", [("3",), ("3", "2"), ("3", "2", "30*50#"), ("3", "1")])
def test_silence_wrong_keys_and_a_hang_up_pay_nothing(way: str, until: tuple[str, ...]) -> None:
    def comes_there() -> Talk:
        return WAYS[way]({}).keys(*until)

    silent, wrong, gone = comes_there(), comes_there(), comes_there()
    for _ in range(60):
        if silent.goes_on().is_over:
            break
        silent.stays_silent()
    for _ in range(60):
        if wrong.goes_on().is_over:
            break
        wrong.presses("8")
    gone.hangs_up()
    assert silent.is_over
    assert gone.is_over
    assert paid(silent) == paid(wrong) == paid(gone) == []
