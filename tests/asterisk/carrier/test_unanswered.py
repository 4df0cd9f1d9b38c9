"""People who don't pick up: what leaves the carrier as SIP, and what the engine's Asterisk makes of it."""

from __future__ import annotations

import pytest

from ivr.carrier.person import Person
from ivr.carrier.town import Town
from ivr.telephony.channel_variables import CALL_ENDED, HANGUP_HANDLER, SIP_STATUS
from tests.asterisk.carrier.bare_engine import CALLER_ID, BareEngine
from tests.asterisk_pair import Place

pytestmark = pytest.mark.asterisk


def person(number: str, does: object) -> Person:
    return Person.model_validate({"number": number, "name": "Somebody", "does": does})


async def test_a_busy_person_is_486_and_the_log_knows_who_called(
    town: Town, engine: BareEngine, place: Place
) -> None:
    number = place.number(1)
    town.add(person(number, "busy"))
    async with engine.dial(number) as call:
        end = await call.ended()
    assert (end.cause, end.tech_cause) == (17, 486)
    [seen] = await town.ended_calls(number)
    assert (seen.attempt_id, seen.caller_id, seen.refused) == (call.id, CALLER_ID, "486")
    assert seen.sip_call_id
    assert seen.answered_at is None
    assert seen.ended_by == "person"


@pytest.mark.parametrize(
    ("does", "sip"),
    [
        ("congestion", 503),
        ("no_such_number", 404),
        ({"kind": "rejects", "after": "0.1s"}, 603),
        ({"kind": "rejects", "after": "0.1s", "status": 480}, 480),
        ({"kind": "blocks", "status": "603+"}, 603),
        ({"kind": "blocks", "status": "607"}, 607),
        ({"kind": "blocks", "status": "608"}, 608),
    ],
)
async def test_a_refused_call_ends_with_its_sip_status_and_was_never_answered(
    does: object, sip: int, town: Town, engine: BareEngine, place: Place
) -> None:
    number = place.number(2)
    town.add(person(number, does))
    async with engine.dial(number) as call:
        end = await call.ended()
    assert end.tech_cause == sip
    assert not call.was_answered
    [seen] = await town.ended_calls(number)
    assert seen.refused is not None
    assert seen.refused.startswith(str(sip))
    assert seen.failures == ()


@pytest.mark.parametrize(
    ("does", "words"),
    [
        ({"kind": "blocks", "status": "603+"}, "SIP 603 Network Blocked"),
        ({"kind": "rejects", "after": "0.1s"}, "SIP 603 Decline"),
    ],
)
async def test_603_plus_is_told_from_603_by_its_words(
    does: object, words: str, town: Town, engine: BareEngine, place: Place
) -> None:
    number = place.number(3)
    town.add(person(number, does))
    async with engine.dial(number, variables={HANGUP_HANDLER: CALL_ENDED}) as call:
        end = await call.ended()
    assert end.channel.variables[SIP_STATUS] == words
