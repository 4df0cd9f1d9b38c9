"""A thousand people in one process."""

from __future__ import annotations

import asyncio

import pytest

from ivr.ari.events import AriEvent, ChannelDestroyed
from ivr.carrier.person import Person
from ivr.carrier.town import Town
from tests.asterisk.carrier.bare_engine import BareEngine
from tests.asterisk_pair import Place

pytestmark = pytest.mark.asterisk

AT_ONCE = 40


async def test_a_thousand_people_live_in_one_process_and_forty_talk_at_once(
    town: Town, engine: BareEngine, place: Place
) -> None:
    numbers = [f"+1{place.area_code}556{line:04}" for line in range(1000)]
    for number in numbers:
        does = {"kind": "answers", "after": "0.2s", "then": [{"wait": "1s", "press": "1"}]}
        town.add(Person.model_validate({"number": number, "name": "Somebody", "does": does}))

    async def talk(number: str) -> AriEvent:
        async with engine.dial(number) as call:
            await call.answered()
            assert await call.key() == "1"
            await call.hang_up()
            return await call.ended()

    called = numbers[:: len(numbers) // AT_ONCE]
    ends = await asyncio.gather(*(talk(number) for number in called))
    assert all(isinstance(end, ChannelDestroyed) and end.cause == 16 for end in ends)
    for number in called:
        [seen] = await town.ended_calls(number)
        assert (seen.pressed, seen.failures) == (("1",), ())
