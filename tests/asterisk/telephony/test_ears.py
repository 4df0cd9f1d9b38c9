"""The ears on a real call: what they make of each kind of answerer."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

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
