"""Automatic payments are ended by key in the shipped flows: where there are some, and by that key alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from ivr.flows.effects import AuthorisePayments, EndAuthorisation, Pay
from ivr.flows.events import EffectDone, FlowEvent
from tests.unit.flows.rehearsal import Rehearsal
from tests.unit.flows.test_paying import PAID, PIN, Talk, offers

PROVED = ("1", "8264#")
"""Hear why we called, and the PIN."""
INBOUND = {"direction": "inbound", "number": "+12025550123", "returned": False, "overloaded": False}


class Caller(Talk):
    """A call that comes in, from a customer who has agreed to automatic payments, or has not."""

    def __init__(self, *, has_any: bool) -> None:
        self._has_any = has_any
        super().__init__({**offers(), "call": INBOUND}, "toll-free")

    def feed(self, event: FlowEvent, elapsed: float = 0.0) -> Rehearsal:
        """Let what is taken up tell of the account what is true of it."""
        if isinstance(event, EffectDone) and "payments" in event.values:
            has_any = self._has_any and not self.asked_for(EndAuthorisation)
            ways = offers(authorised="due" if has_any else None)["payments"]
            event = replace(event, values={**event.values, "payments": ways})
        return super().feed(event, elapsed)


def calls_in(has_any: bool = True) -> Talk:
    """Return a caller who has proved to be a customer of whom nothing is open."""
    return Caller(has_any=has_any).keys(*PROVED, open_matter="none")


def declined(has_any: bool = True) -> Talk:
    return Talk(offers(authorised="due" if has_any else None), "automatic-payment-declined").keys("1")


def prefers(has_any: bool = True) -> Talk:
    return Talk(offers(authorised="due" if has_any else None)).keys("1", "5", "4")


PLACES: dict[str, tuple[Callable[[bool], Talk], str]] = {
    "the account of a caller": (calls_in, "8"),
    "what is preferred": (prefers, "8"),
    "a declined one": (declined, "4"),
}


def ended(call: Talk) -> int:
    return len(call.asked_for(EndAuthorisation))


@pytest.mark.parametrize("place", PLACES)
def test_two_keys_end_them(place: str) -> None:
    comes_to, key = PLACES[place]
    call = comes_to(True)
    assert f"To end your automatic payments, press {key}" in call.heard[-1]
    call.keys(key, open_matter="none")
    assert "paid by itself every month" in call.heard[-1]
    assert ended(call) == 0
    call.keys("1", open_matter="none")
    assert ended(call) == 1
    assert "Your automatic payments have ended" in call.words
    assert "end your automatic payments" not in call.heard[-1], "there are none any more"
    assert call.asked_for(Pay) == call.asked_for(AuthorisePayments) == []


@pytest.mark.parametrize("place", PLACES)
def test_where_there_are_none_it_is_not_offered_and_its_key_ends_nothing(place: str) -> None:
    comes_to, key = PLACES[place]
    call = comes_to(False)
    assert "automatic payments, press" not in call.words
    call.keys(key, "1", open_matter="none")
    assert ended(call) == 0


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("keys", ["2", "#", "7"])
def test_any_other_key_keeps_them(place: str, keys: str) -> None:
    comes_to, key = PLACES[place]
    call = comes_to(True).keys(key, *[keys] * 4, open_matter="none")
    assert ended(call) == 0


@pytest.mark.parametrize("place", PLACES)
def test_silence_keeps_them_and_so_does_a_hang_up(place: str) -> None:
    comes_to, key = PLACES[place]
    call = comes_to(True).keys(key, open_matter="none")
    call.stays_silent(2)
    call.goes_on(open_matter="none")
    assert ended(call) == 0
    gone = comes_to(True).keys(key, open_matter="none")
    gone.hangs_up()
    assert (gone.is_over, ended(gone)) == (True, 0)


@pytest.mark.parametrize("place", PLACES)
def test_nought_leads_to_an_agent_and_nine_stops_the_calls(place: str) -> None:
    comes_to, key = PLACES[place]
    kinds = [
        [effect.kind for effect in comes_to(True).keys(key, other, open_matter="none").effects]
        for other in ("0", "9")
    ]
    assert "transfer" in kinds[0]
    assert "opt_out" in kinds[1]


def test_where_the_minimum_is_charged_the_question_says_so() -> None:
    asked = Talk(offers(authorised="minimum")).keys("1", "5", "4", "8").heard[-1]
    assert "As you agreed, the minimum on your card account is paid by itself every month" in asked
    assert "what is due on your" in prefers().keys("8").heard[-1]


class Unwritten(Talk):
    """A call with a customer who has an address, to which nothing may be written."""

    def feed(self, event: FlowEvent, elapsed: float = 0.0) -> Rehearsal:
        if isinstance(event, EffectDone):
            values = {**event.values}
            if "in_writing" in values:
                values["in_writing"] = False
            if "result" in values:
                values["result"] = {"in_writing": False}
            event = replace(event, values=values)
        return super().feed(event, elapsed)


def test_who_is_written_to_hears_that_it_comes_in_writing() -> None:
    assert "We send you that in writing" in prefers().keys("8", "1").words


def test_who_has_an_address_and_is_not_written_to_hears_nothing_of_writing() -> None:
    ended_here = Unwritten(offers(authorised="due")).keys("1", "5", "4", "8", "1")
    assert "Your automatic payments have ended" in ended_here.words
    agreed_here = Unwritten(offers(automatic=True)).keys(*PAID, "1", PIN, "1")
    assert "That is agreed" in agreed_here.words
    assert "in writing" not in ended_here.words + agreed_here.words


def test_what_could_not_be_ended_is_for_an_agent() -> None:
    call = prefers().keys("8", "1", end_authorisation="failed")
    assert "transfer" in [effect.kind for effect in call.effects]
    assert "have ended" not in call.words


def test_a_caller_with_a_matter_hears_of_it_after_the_balance() -> None:
    call = Caller(has_any=True).keys(*PROVED, "7")
    assert "paid by itself every month" in call.heard[-1]
    call.keys("1")
    assert ended(call) == 1
