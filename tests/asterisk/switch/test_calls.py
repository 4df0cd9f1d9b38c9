from __future__ import annotations

import asyncio
import uuid
from typing import Any

import pytest

from ivr.switch.cel import CelEvent, CelRecord, read_cel
from tests.asterisk.switch.ari_session import AriSession, ari_session
from tests.asterisk.switch.conftest import Pair

pytestmark = pytest.mark.asterisk
CALLER = "+18005550100"


async def evidence(pair: Pair, channel_id: str) -> list[CelRecord]:
    """Return what was written down about a channel, once its end is."""
    async with asyncio.timeout(10):
        while True:
            records = [r for r in read_cel(pair.engine.cel_file) if r.channel_id == channel_id]
            if any(record.event is CelEvent.CHAN_END for record in records):
                return records
            await asyncio.sleep(0.02)


async def call(engine: AriSession, number: str, attempt: str, **fields: Any) -> None:
    variables = {"PJSIP_HEADER(add,X-Attempt-Id)": attempt, **fields.pop("variables", {})}
    endpoint = f"PJSIP/{number}@carrier"
    await engine.originate(endpoint, "engine", attempt, callerId=CALLER, variables=variables, **fields)


async def test_a_call_carries_its_attempt_id_to_the_people_before_they_answer(pair: Pair) -> None:
    attempt = str(uuid.uuid4())
    async with (
        ari_session(pair.engine.connection(), "engine") as engine,
        ari_session(pair.carrier.connection(), "people") as people,
    ):
        await call(engine, "+13105550123", attempt)
        start = await people.event("StasisStart")
        number, attempt_id, caller, sip_call_id = start["args"]
        assert (number, attempt_id, caller) == ("+13105550123", attempt, CALLER)
        assert sip_call_id
        assert start["channel"]["state"] == "Ring"
        await people.request("POST", f"channels/{start['channel']['id']}/answer")
        assert (await engine.event("StasisStart"))["channel"]["id"] == attempt
        await people.request("DELETE", f"channels/{start['channel']['id']}")
        assert (await engine.event("ChannelDestroyed"))["cause"] == 16
    records = await evidence(pair, attempt)
    assert [r.event for r in records] == ["CHAN_START", "ANSWER", "HANGUP", "CHAN_END"]
    assert records[2].hangup_cause == 16


async def test_numbers_of_an_area_code_go_to_the_people_who_live_there(pair: Pair) -> None:
    async with (
        ari_session(pair.engine.connection(), "engine") as engine,
        ari_session(pair.carrier.connection(), "people", "people-1") as people,
    ):
        await call(engine, "+12025550123", str(uuid.uuid4()))
        start = await people.event("StasisStart")
        assert start["application"] == "people-1"
        await people.request("DELETE", f"channels/{start['channel']['id']}")
        await engine.event("ChannelDestroyed")


async def test_a_network_without_people_is_congested(pair: Pair) -> None:
    attempt = str(uuid.uuid4())
    async with ari_session(pair.engine.connection(), "engine") as engine:
        await call(engine, "+13105550123", attempt)
        end = await engine.event("ChannelDestroyed")
    assert (end["cause"], end["tech_cause"]) == (34, 503)
    assert [r.hangup_cause for r in await evidence(pair, attempt) if r.event is CelEvent.HANGUP] == [34]


async def test_somebody_who_calls_in_reaches_the_engine_with_number_and_caller(pair: Pair) -> None:
    async with (
        ari_session(pair.engine.connection(), "answerback") as engine,
        ari_session(pair.carrier.connection(), "people") as people,
    ):
        await people.originate(f"PJSIP/{CALLER}@engine", "people", "in-1", callerId="+12025550177")
        start = await engine.event("StasisStart")
        assert start["args"][:3] == ["inbound", CALLER, "+12025550177"]
        await engine.request("DELETE", f"channels/{start['channel']['id']}")
        await people.event("ChannelDestroyed")


async def test_a_code_without_a_star_is_reached_from_a_telephone_of_ours_and_over_no_trunk(
    pair: Pair,
) -> None:
    reached = []
    async with ari_session(pair.engine.connection(), "answerback") as engine:
        for number, come_from in (
            ("770", "telephone-of-alice"),
            ("770", "from-trunk"),
            ("770", "from-simulation"),
            ("12025550100", "from-trunk"),
        ):
            call_id = f"{number}-{come_from}"
            await engine.originate(f"Local/{number}@{come_from}", "answerback", call_id)
            if (number, come_from) == ("770", "from-trunk"):
                continue  # it would be the next that begins
            start = await engine.event("StasisStart")
            while not start["args"]:  # the end that dials
                start = await engine.event("StasisStart")
            reached.append((come_from, start["args"][1]))
            await engine.request("DELETE", f"channels/{call_id}")
    assert reached == [
        ("telephone-of-alice", "770"),
        ("from-simulation", "770"),
        ("from-trunk", "12025550100"),
    ]


async def test_somebody_who_calls_while_the_engine_is_away_hears_a_sentence(pair: Pair) -> None:
    async with ari_session(pair.carrier.connection(), "people") as people:
        await people.originate(f"PJSIP/{CALLER}@engine", "people", "in-2", callerId="+12025550177")
        await people.event("StasisStart")
        await people.request("POST", "channels/in-2/record", name="away", format="wav")
        await people.event("ChannelDestroyed")
    recording = pair.carrier.recording_folder / "away.wav"
    assert loudest_sample(recording.read_bytes()) > 1000


def loudest_sample(wav: bytes) -> int:
    samples = memoryview(wav[44 : len(wav) - len(wav) % 2]).cast("h")
    return max(abs(sample) for sample in samples)


async def test_a_customer_whom_no_agent_took_comes_back(pair: Pair) -> None:
    attempt = str(uuid.uuid4())
    async with (
        ari_session(pair.engine.connection(), "engine") as engine,
        ari_session(pair.carrier.connection(), "people") as people,
    ):
        await call(engine, "+13105550123", attempt, variables={"APP": "engine"})
        person = (await people.event("StasisStart"))["channel"]["id"]
        await people.request("POST", f"channels/{person}/answer")
        await engine.event("StasisStart")
        where = {"context": "queue-transfer", "extension": "support", "priority": 1}
        await engine.request("POST", f"channels/{attempt}/continue", **where)
        assert (await engine.event("StasisStart"))["args"] == ["afterqueue", "JOINEMPTY"]
        await engine.request("DELETE", f"channels/{attempt}")
