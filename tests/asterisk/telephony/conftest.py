"""Fixtures of the driver's live tests: the driver on our Asterisk, programmable numbers on the network's."""

from __future__ import annotations

import asyncio
import math
import struct
import wave
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path

import pytest

from ivr.ari.client import AriClient
from ivr.switch.configuration import carrier_trunk
from ivr.switch.trunk import Trunk, dial_string
from ivr.telephony.ari_telephony import AriTelephony
from tests.asterisk.telephony.far_end import FarEnd, Numbers
from tests.asterisk_pair import (
    AsteriskPair,
    Place,
    agent_queue,
    asterisk_pair,
    client_of,
    inbound_app,
    ivr_home,
    place,
    town,
    town_log,
)

__all__ = ["agent_queue", "asterisk_pair", "inbound_app", "ivr_home", "place", "town", "town_log"]


@pytest.fixture
async def far_end(asterisk_pair: AsteriskPair, place: Place) -> AsyncIterator[FarEnd]:
    async with client_of(asterisk_pair.carrier.connection(), place.people_app) as client:
        await client.connect()
        far_end = FarEnd(client)
        serving = asyncio.create_task(far_end.serve())
        yield far_end
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


@pytest.fixture
async def client(asterisk_pair: AsteriskPair, place: Place) -> AsyncIterator[AriClient]:
    async with client_of(asterisk_pair.engine.connection(), place.engine_app) as client:
        await client.connect()
        yield client


@pytest.fixture
def trunk(asterisk_pair: AsteriskPair) -> Trunk:
    return carrier_trunk(asterisk_pair.carrier)


def telephony_on(client: AriClient, trunk: Trunk) -> AriTelephony:
    return AriTelephony(client, lambda _, number: dial_string(trunk, number))


async def end_calls_of(telephony: AriTelephony) -> None:
    """End what a test left up, so that the next one finds nothing to adopt."""
    calls = telephony.followers.calls
    await telephony.hang_up_all()
    async with asyncio.timeout(5):
        await asyncio.gather(*(call.wait_for_end() for call in calls))
    await telephony.close()


@pytest.fixture
async def telephony(client: AriClient, trunk: Trunk) -> AsyncIterator[AriTelephony]:
    telephony = telephony_on(client, trunk)
    yield telephony
    await end_calls_of(telephony)


@pytest.fixture(scope="session")
def serials() -> Iterator[int]:
    return count()


@pytest.fixture
def numbers(far_end: FarEnd, place: Place, serials: Iterator[int]) -> Numbers:
    return Numbers(far_end, place, serials)


@pytest.fixture(scope="session")
def speech(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds of a soft tone, as a prompt."""
    file = tmp_path_factory.mktemp("prompts") / "speech.wav"
    samples = (int(2000 * math.sin(2 * math.pi * 440 * n / 8000)) for n in range(16000))
    with wave.open(str(file), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
    return file
