"""Acceptance tests in the words of a telephone call.

    ada = phone_book.somebody().answers()
    ada.expects("your payment of ten dollars").presses("1")
    …
    call = await ada.call_is_over()

What was really played is known from the engine's Asterisk, not from the engine; see
`ivr.carrier.prompt_listener`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, Self

import pytest

from ivr.carrier.call_seen import CallSeen
from ivr.carrier.line import DtmfBy
from ivr.carrier.person import Person
from ivr.carrier.prompt_listener import PromptListener
from ivr.carrier.script import Step
from ivr.carrier.town import A_CALLS_TIME, Town
from ivr.errors import CarrierError
from ivr.phone_number import PhoneNumber
from tests.asterisk_pair import Place

SOON = timedelta(milliseconds=100)


class Somebody:
    """A person with a telephone whom the test tells what to do; every sentence changes what they will do."""

    def __init__(self, town: Town, listener: PromptListener, number: PhoneNumber) -> None:
        self.number = number
        self._town = town
        self._listener = listener
        self._after = SOON
        self._steps: tuple[Step, ...] = ()
        self._records = False
        self._expected: tuple[str, ...] = ()

    def does(self, kind: str, **details: Any) -> Self:
        """Behave as one of the kinds in `ivr.carrier.behaviours`."""
        self._move_in({"kind": kind, **details})
        return self

    def answers(self, after: timedelta = SOON) -> Self:
        """Pick up after ringing for a moment."""
        self._after = after
        return self._then()

    def next_time(self) -> Self:
        """Forget what was to be done: what follows is for the next call."""
        self._steps, self._expected = (), ()
        return self._then()

    def expects(self, phrase: str) -> Self:
        """Wait until these words are played."""
        self._expected += (phrase,)
        return self._then(Step(hears=phrase))

    def hears_out(self, phrase: str) -> Self:
        """Wait until these words have been played to their end."""
        self._expected += (phrase,)
        return self._then(Step(hears=phrase, to_its_end=True))

    def presses(self, keys: str, *, by: DtmfBy = DtmfBy.RFC4733, wait: timedelta = timedelta(0)) -> Self:
        """Press keys."""
        return self._then(Step(press=keys, by=by, wait=wait))

    def waits(self, span: timedelta) -> Self:
        """Do nothing for a while."""
        return self._then(Step(wait=span))

    def says(self, *sounds: str) -> Self:
        """Speak, in Asterisk's sounds."""
        return self._then(Step(say=sounds))

    def hangs_up(self) -> Self:
        """End the call."""
        return self._then(Step(hang_up=True))

    def records(self) -> Self:
        """Keep what is heard: see `heard`."""
        self._records = True
        return self._then()

    def from_now_on(self) -> Self:
        """Begin a new script, for the next call."""
        self._steps, self._expected = (), ()
        return self

    async def dials(self, number: str) -> None:
        """Call the engine at one of its numbers, and do all that once it answers."""
        caller = {"number": self.number, "name": "Somebody", "does": "busy", "records": self._records}
        await self._town.call(Person.model_validate(caller), number, then=self._steps)

    async def call_is_over(self, count: int = 1, within: timedelta = A_CALLS_TIME) -> CallSeen:
        """Return the `count`th call when it is over; AssertionError where expected words are missing."""
        try:
            call = (await self._town.ended_calls(self.number, count, within))[count - 1]
        except CarrierError as error:
            raise AssertionError(f"{error}; {self._told()}") from None
        missing = [phrase for phrase in self._expected if phrase not in call.phrases]
        assert not missing, f"{missing[0]!r} was not played; {self._told()}"
        assert not call.failures, call.failures
        return call

    async def ended_calls(self) -> tuple[CallSeen, ...]:
        """Return the calls once the last one is over, whatever was heard in them."""
        return await self._town.ended_calls(self.number)

    async def is_called(self) -> CallSeen:
        """Return the call that reaches this telephone, as soon as it does."""
        return await self._when(lambda _: True)

    async def has_heard(self, phrase: str) -> CallSeen:
        """Return the call when words that were expected are being played; the call goes on."""
        return await self._when(lambda call: phrase in call.phrases)

    def calls(self) -> tuple[CallSeen, ...]:
        """Return the calls so far."""
        return self._town.calls(self.number)

    def heard_words(self) -> tuple[str, ...]:
        """Return the words of everything that was played in the last call."""
        calls = self.calls()
        return self._listener.played(calls[-1].sip_call_id) if calls else ()

    async def heard(self) -> Path:
        """Return the recording of the last call, from the answer to the end."""
        return await self._town.heard(self.number)

    async def _when(self, holds: Callable[[CallSeen], bool]) -> CallSeen:
        try:
            return await self._town.call_when(self.number, holds)
        except CarrierError as error:
            raise AssertionError(f"{error}; {self._told()}") from None

    def _then(self, *steps: Step) -> Self:
        self._steps += steps
        self._move_in({"kind": "answers", "after": self._after, "then": self._steps})
        return self

    def _move_in(self, does: object) -> None:
        fields = {"number": self.number, "name": "Somebody", "does": does, "records": self._records}
        self._town.add(Person.model_validate(fields))

    def _told(self) -> str:
        return f"what was played: {list(self.heard_words())}" if self.calls() else "nobody called"


class PhoneBook:
    """Hands out telephones of this worker's place, each once."""

    def __init__(self, town: Town, listener: PromptListener, place: Place) -> None:
        self._town = town
        self._listener = listener
        self._place = place
        self._given = 0

    def somebody(self) -> Somebody:
        """Return the next person; at first nobody is there at that number (404)."""
        number = PhoneNumber(self._place.number(self._given))
        self._given += 1
        return Somebody(self._town, self._listener, number)


@pytest.fixture
def phone_book(town: Town, prompt_listener: PromptListener, place: Place) -> PhoneBook:
    """The telephones of this worker's place."""
    return PhoneBook(town, prompt_listener, place)
