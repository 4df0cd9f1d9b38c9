"""The ears on a real call: what they make of each kind of answerer."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from ivr.ari import requests
from ivr.calls.answered_by import AnsweredBy
from ivr.carrier.person import Person
from ivr.carrier.town import Town
from ivr.engine.telephony import CallOrder, Listening
from ivr.flows.events import AnswererHeard, HungUp
from ivr.phone_number import PhoneNumber
from ivr.telephony.ari_telephony import AriTelephony
from tests.asterisk_pair import Place

pytestmark = pytest.mark.asterisk

KINDS: dict[str, tuple[dict[str, Any], list[AnsweredBy]]] = {
    "voicemail": ({"kind": "voicemail"}, [AnsweredBy.MACHINE]),
    "a fax machine": ({"kind": "fax"}, [AnsweredBy.FAX]),
    "the network": ({"kind": "intercept"}, [AnsweredBy.NETWORK_ANNOUNCEMENT]),
    "a screener": ({"kind": "screener"}, [AnsweredBy.SCREENER]),
    "a short hello": ({"kind": "answers", "then": [{"say": ["hello"]}]}, [AnsweredBy.HUMAN]),
    "nobody who speaks": ({"kind": "answers"}, []),
}


async def test_each_kind_of_answerer_is_told_by_its_sound(
    telephony: AriTelephony, town: Town, place: Place, speech: Path, subtests: pytest.Subtests
) -> None:
    async def verdicts(line: int, does: dict[str, Any]) -> list[AnsweredBy]:
        number = PhoneNumber(place.number(60 + line))
        town.add(Person.model_validate({"number": number, "name": "Somebody", "does": does}))
        order = CallOrder(str(uuid4()), number, "carrier", None, 20, 60, Listening((700,)))
        call = await telephony.place(order)
        assert await call.wait_for_answer() is not None
        t0 = time.monotonic()
        await call.play(1, [speech])
        told = []
        while time.monotonic() - t0 < 14:
            event = await call.next_event(1)
            if isinstance(event, HungUp):
                break
            if isinstance(event, AnswererHeard):
                told.append(event.answered_by)
        await call.hang_up()
        return told

    told = await asyncio.gather(*(verdicts(n, does) for n, (does, _) in enumerate(KINDS.values())))
    for (kind, (_, expected)), heard in zip(KINDS.items(), told, strict=True):
        with subtests.test(kind):
            assert heard == expected


async def test_a_call_that_is_picked_up_again_is_listened_to_by_new_ears_alone(
    telephony: AriTelephony, town: Town, place: Place, speech: Path
) -> None:
    number = PhoneNumber(place.number(70))
    town.add(Person.model_validate({"number": number, "name": "Box", "does": {"kind": "voicemail"}}))
    order = CallOrder(str(uuid4()), number, "carrier", None, 20, 60, Listening((700,)))
    call = await telephony.place(order)
    assert await call.wait_for_answer() is not None
    first = await _ears_of(telephony, order.call_id, 4)
    telephony.listen(order.call_id, Listening((700,)))
    await _ears_of(telephony, order.call_id, 4, but=first)
    await call.play(1, [speech])
    async with asyncio.timeout(20):
        while not isinstance(event := await call.next_event(1), AnswererHeard):
            assert not isinstance(event, HungUp)
        while event.answered_by is not AnsweredBy.MACHINE:
            event = await call.next_event(1)
            event = event if isinstance(event, AnswererHeard) else AnswererHeard(AnsweredBy.UNKNOWN)
    await call.hang_up()


async def _ears_of(
    telephony: AriTelephony, call_id: str, count: int, but: frozenset[str] = frozenset()
) -> frozenset[str]:
    """Return the ears beside a call once there are so many, and none of the others."""
    async with asyncio.timeout(10):
        while True:
            shown = await telephony.client.send(requests.list_channels())
            ears = frozenset(channel.id for channel in shown if channel.id.startswith(f"{call_id}."))
            if len(ears) == count and not ears & but:
                return ears
            await asyncio.sleep(0.1)  # the switch is asked again: nobody tells of channels
