"""A pair of Asterisks for the driver: ours, and the telephone network with programmable numbers."""

from __future__ import annotations

import asyncio
import math
import os
import struct
import wave
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from ivr.ari.client import AriClient
from ivr.engine.telephony import CallOrder
from ivr.phone_number import PhoneNumber
from ivr.switch import process
from ivr.switch.configuration import CarrierRole, EngineRole, carrier_trunk, render_configuration
from ivr.switch.connection import SwitchConnection
from ivr.switch.install import install_asterisk
from ivr.switch.instance import Instance, open_instance
from ivr.switch.trunk import AgentQueue, Trunk, dial_string
from ivr.telephony.ari_telephony import AriTelephony
from tests.asterisk.telephony.far_end import FarEnd, Script

APP = "driver-test"
PEOPLE = "people"
REPOSITORY = Path(__file__).parents[3]


@dataclass(frozen=True, slots=True)
class Pair:
    engine: Instance
    carrier: Instance

    @property
    def trunk(self) -> Trunk:
        return carrier_trunk(self.carrier)


@pytest.fixture(scope="session")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    home = Path(os.environ.get("IVR_HOME", REPOSITORY / ".ivr")).resolve()
    installation = install_asterisk(home / "asterisk" / "root", lambda *_: None)
    folder = tmp_path_factory.mktemp("switch")
    pair = Pair(open_instance(installation, folder / "e"), open_instance(installation, folder / "c"))
    queues = (AgentQueue(name="agents"),)
    render_configuration(pair.engine, EngineRole(APP, trunks=(pair.trunk,), queues=queues))
    render_configuration(pair.carrier, CarrierRole(pair.engine, default_app=PEOPLE))
    process.start(pair.engine)
    process.start(pair.carrier)
    yield pair
    process.stop(pair.carrier)
    process.stop(pair.engine)


def client_of(connection: SwitchConnection, app: str, url: str | None = None) -> AriClient:
    return AriClient(url or connection.ari_url, connection.ari_user, connection.ari_password, app)


@pytest.fixture
async def far_end(pair: Pair) -> AsyncIterator[FarEnd]:
    async with client_of(pair.carrier.connection(), PEOPLE) as client:
        await client.connect()
        far_end = FarEnd(client)
        serving = asyncio.create_task(far_end.serve())
        yield far_end
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


@pytest.fixture
async def client(pair: Pair) -> AsyncIterator[AriClient]:
    async with client_of(pair.engine.connection(), APP) as client:
        await client.connect()
        yield client


def telephony_on(client: AriClient, trunk: Trunk) -> AriTelephony:
    return AriTelephony(client, lambda _, number: dial_string(trunk, number))


@pytest.fixture
async def telephony(client: AriClient, pair: Pair) -> AsyncIterator[AriTelephony]:
    telephony = telephony_on(client, pair.trunk)
    yield telephony
    await telephony.close()


@dataclass
class Numbers:
    """Gives every test numbers of its own."""

    far_end: FarEnd
    ids: Iterator[int]

    def order(self, script: Script | None, *, ring: float = 10, longest: float = 60) -> CallOrder:
        """Return an order for a number that does what `script` says (None: it stays silent)."""
        serial = next(self.ids)
        number = PhoneNumber(f"+1202555{serial % 10000:04}")
        if script is not None:
            self.far_end.scripts[number] = script
        return CallOrder(f"call-{serial}", number, "carrier", PhoneNumber("+18005550199"), ring, longest)


@pytest.fixture(scope="session")
def ids() -> Iterator[int]:
    return count(os.getpid() * 100)


@pytest.fixture
def numbers(far_end: FarEnd, ids: Iterator[int]) -> Numbers:
    return Numbers(far_end, ids)


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
