"""Whoever is asked hangs up, falls silent or presses wrong keys: each call ends as people expect it to."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

import pytest
from structlog.testing import LogCapture

from tests.acceptance.bank import Bank
from tests.acceptance.customers import Customer

A_LONG_CALL = timedelta(minutes=4)
Entering = Callable[[Customer], Customer]
Making = Callable[[], Customer]
Way = tuple[tuple[str, str], ...]
"""What, if anything, is pressed and then heard, in turn."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A flow, how somebody comes into it, and the way to each of its questions."""

    enters: Entering
    questions: Mapping[str, Way]


def comes_to(customer: Customer, talk: Talk, way: Way) -> Customer:
    """Let the customer come to a question."""
    talk.enters(customer)
    for keys, phrase in way:
        if keys:
            customer.presses(keys)
        customer.expects(phrase)
    return customer


def hangs_up(customer: Customer) -> Customer:
    """End the call."""
    return customer.hangs_up()


def falls_silent(customer: Customer) -> Customer:
    """Press nothing more."""
    return customer.expects("Goodbye")


def presses_wrong_keys(customer: Customer) -> Customer:
    """Press a key that means nothing, while something is being said, until we give up."""
    for _ in range(9):
        customer.waits(timedelta(seconds=1.5)).presses("#")
    return customer


BEHAVIOURS = {"hangs up": hangs_up, "silent": falls_silent, "wrong keys": presses_wrong_keys}


async def end_in_every_way(
    bank: Bank, talk: Talk, a_customer: Making, log: LogCapture, subtests: pytest.Subtests
) -> None:
    """Call three customers for each question of a talk, and see all their calls end."""
    people = {
        (question, behaviour): does(comes_to(a_customer(), talk, way))
        for question, way in talk.questions.items()
        for behaviour, does in BEHAVIOURS.items()
    }
    ends = {f"{question}: {behaviour}": person for (question, behaviour), person in people.items()}
    await see_all_end(bank, ends, log, subtests)


async def see_all_end(
    bank: Bank, people: Mapping[str, Customer], log: LogCapture, subtests: pytest.Subtests
) -> None:
    """Call people, by what they do, and see their calls end: by them where they hang up, else by us."""
    await bank.calls(*people.values())
    await asyncio.gather(
        *(person.call_is_over(within=A_LONG_CALL) for person in people.values()), return_exceptions=True
    )
    for name, person in people.items():
        with subtests.test(name):
            call = await person.call_is_over()
            assert call.ended_by == ("person" if name.endswith("hangs up") else "far_end")
            story = await bank.story_after(person)
            assert (story.calls[0].call_result, story.calls[0].q850) == ("answered", 16)
    assert [entry for entry in log.entries if entry["log_level"] in ("error", "critical")] == []
