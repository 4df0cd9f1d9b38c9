"""Agents log in and out, pause and resume on their telephones; and who can call for help from there."""

from __future__ import annotations

import asyncio
import cmath
import math
import struct
import time
import wave
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ivr.app.agents import agents_now, set_pause
from ivr.errors import UsageError
from ivr.settings import Settings
from ivr.switch import process
from ivr.switch.agent_codes import LOG_IN, LOG_OUT, PAUSE, RESUME
from ivr.switch.agent_queue import AgentQueue
from ivr.switch.configuration import (
    CarrierRole,
    EngineRole,
    carrier_trunk,
    render_configuration,
    softphone_passwords,
)
from ivr.switch.emergency import Emergency
from ivr.switch.install import Installation
from ivr.switch.instance import Instance, open_instance
from ivr.switch.trunk import Softphone, Trunk
from ivr.telephony.ami_client import AmiClient
from ivr.telephony.ami_values import QueueMember
from tests.asterisk.switch.ari_session import AriSession, ari_session

pytestmark = pytest.mark.asterisk

ANN = Softphone(username="ann", number="+12025550142")
BEN = Softphone(
    username="ben", number="+12025550143", location="12 Main St floor 3", location_number="+12025550111"
)
QUEUES = (
    AgentQueue(name="support", members=("ann",), penalties={"ann": 2}),
    AgentQueue(name="sales", members=("ann", "ben")),
)
OUTSIDE = AgentQueue(name="outside", numbers=("+12025550188",), trunk="carrier")


@dataclass(frozen=True)
class House:
    """A switch, the telephones of two agents (another Asterisk plays them), and the network."""

    switch: Instance
    telephones: Instance
    network: Instance


@pytest.fixture(scope="module")
def house(installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("agents")
    music, whisper = folder / "music", folder / "whisper.wav"
    music.mkdir()
    write_tone(music / "song.wav", 440)
    write_tone(whisper, 880)
    house = House(*(open_instance(installation, folder / name) for name in ("switch", "phones", "network")))
    role = EngineRole(
        trunks=(carrier_trunk(house.network),),
        softphones=(ANN, BEN),
        queues=(*QUEUES, OUTSIDE, AgentQueue(name="music", members=("ben",), music=music, whisper=whisper)),
        emergency=Emergency(trunk="carrier"),
    )
    render_configuration(house.switch, role)
    render_configuration(house.network, CarrierRole(house.switch))
    passwords = softphone_passwords(house.switch, (ANN, BEN))
    lines = []
    for phone in (ANN, BEN):
        file = folder / phone.username
        file.write_text(passwords[phone.username], "utf-8")
        lines.append(
            Trunk(
                name=f"as-{phone.username}",
                host="127.0.0.1",
                port=house.switch.ports.sip,
                username=phone.username,
                password_file=file,
                caller_id=phone.number,
                media_address="127.0.0.1",
            )
        )
    render_configuration(house.telephones, EngineRole(trunks=tuple(lines)))
    running = (house.switch, house.telephones, house.network)
    try:
        for instance in running:
            process.start(instance)
        wait_until_registered(house.switch)
        yield house
    finally:
        for instance in running:
            process.stop(instance)


def write_tone(file: Path, hertz: int) -> None:
    """Write two seconds of a tone, as a telephone plays them."""
    with wave.open(str(file), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        samples = (int(8000 * math.sin(2 * math.pi * hertz * n / 8000)) for n in range(16000))
        sound.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))


def strength_of(recording: Path, hertz: int) -> float:
    """Return how much of a tone is in a recording, 0 to 1 of its loudest possible."""
    with wave.open(str(recording), "rb") as sound:
        frames = sound.readframes(sound.getnframes())
    samples = [int(sample) for (sample,) in struct.iter_unpack("<h", frames)]
    turns = (cmath.exp(-2j * math.pi * hertz * n / 8000) for n in range(len(samples)))
    total = sum((sample * turn for sample, turn in zip(samples, turns, strict=True)), 0j)
    return abs(total) * 2 / 8000 / max(1, len(samples))


def wait_until_registered(switch: Instance) -> None:
    deadline = time.monotonic() + 30
    for phone in (ANN, BEN):
        while f"Contact:  {phone.username}" not in process.cli(switch, f"pjsip show aor {phone.username}"):
            assert time.monotonic() < deadline, "nobody registered"
            time.sleep(0.1)


@pytest.fixture
async def phones(house: House) -> AsyncIterator[AriSession]:
    async with ari_session(house.telephones.connection(), "phones") as phones:
        yield phones


@pytest.fixture
async def ami(house: House) -> AsyncIterator[AmiClient]:
    connection = house.switch.connection()
    async with AmiClient(
        connection.ami_host, connection.ami_port, connection.ami_user, connection.ami_password
    ) as ami:
        await ami.connect()
        yield ami


async def dials(phones: AriSession, who: Softphone, code: str) -> None:
    """Dial a code on somebody's telephone and hear it out."""
    await phones.originate(f"PJSIP/{code}@as-{who.username}", "phones", f"{who.username}-{time.monotonic()}")
    await phones.event("StasisStart")
    await phones.event("ChannelDestroyed")


async def on_softphones(ami: AmiClient) -> tuple[QueueMember, ...]:
    """Return who has logged in on a softphone, once for each queue."""
    return tuple(each for each in await ami.queue_members() if each.queue != OUTSIDE.name)


async def members(
    ami: AmiClient, holds: Callable[[tuple[QueueMember, ...]], bool]
) -> tuple[QueueMember, ...]:
    """Return who is in the queues, as soon as `holds` is true of them."""
    async with asyncio.timeout(20):
        while not holds(found := await on_softphones(ami)):  # noqa: ASYNC110  (the switch tells nobody)
            await asyncio.sleep(0.1)
    return found


async def test_an_agent_logs_in_pauses_resumes_and_logs_out(phones: AriSession, ami: AmiClient) -> None:
    assert await on_softphones(ami) == ()
    await dials(phones, ANN, LOG_IN)
    logged_in = await members(ami, lambda found: len(found) == 2)
    assert {(each.queue, each.interface) for each in logged_in} == {
        ("support", "PJSIP/ann"),
        ("sales", "PJSIP/ann"),
    }
    await members(ami, lambda found: all(each.is_ready for each in found))
    await dials(phones, ANN, PAUSE)
    assert {each.paused_reason for each in await on_softphones(ami) if each.paused} == {"by code"}
    available = {queue.name: queue.agents_available for queue in await ami.queue_summary()}
    assert (available["support"], available["sales"]) == (0, 0)
    await dials(phones, ANN, RESUME)
    assert not any(each.paused for each in await on_softphones(ami))
    await dials(phones, ANN, PAUSE)
    await dials(phones, ANN, LOG_IN)
    assert not any(each.paused for each in await on_softphones(ami)), "who logs in is there"
    await dials(phones, ANN, LOG_OUT)
    assert await on_softphones(ami) == ()


async def test_help_is_reached_where_the_location_is_known(house: House, phones: AriSession) -> None:
    async with ari_session(house.network.connection(), "people") as network:
        await phones.originate("PJSIP/911@as-ben", "phones", "help")
        start = await network.event("StasisStart")
        assert start["args"][0] == "911"
        assert start["args"][2] == BEN.location_number
        await network.request("DELETE", f"channels/{start['channel']['id']}")
        await phones.event("ChannelDestroyed")
    assert "emergency call from ben at 12 Main St floor 3" in house.switch.log_file.read_text("utf-8")


async def test_a_telephone_without_a_location_says_that_it_dials_nowhere(
    house: House, phones: AriSession
) -> None:
    async with ari_session(house.network.connection(), "people") as network:
        await phones.originate("PJSIP/911@as-ann", "phones", "no-help")
        await phones.event("StasisStart")  # it is answered: somebody speaks
        await phones.event("ChannelDestroyed")
        _, channels = await network.request("GET", "channels")
        assert channels == []


async def test_who_waits_hears_music_and_the_agent_hears_the_whisper_and_which_call_it_is(
    house: House, phones: AriSession, ami: AmiClient
) -> None:
    await dials(phones, BEN, LOG_IN)
    await members(ami, lambda found: any(each.queue == "music" and each.is_ready for each in found))
    async with (
        ari_session(house.switch.connection(), "answerback") as engine,
        ari_session(house.network.connection(), "caller") as network,
        ari_session(house.telephones.connection(), "answerback") as desk,
    ):
        await network.originate("PJSIP/+18005550100@engine", "caller", "caller", callerId="+12025550177")
        call = (await engine.event("StasisStart"))["channel"]["id"]
        await engine.request("POST", f"channels/{call}/answer")
        await network.event("StasisStart")
        await network.request("POST", "channels/caller/record", name="waiting", format="wav")
        await engine.request("POST", f"channels/{call}/continue", context="queue-transfer", extension="music")
        ringing = (await desk.event("StasisStart"))["channel"]["id"]
        _, told = await desk.request(
            "GET", f"channels/{ringing}/variable?variable=PJSIP_HEADER(read,X-Alert-Id)"
        )
        await asyncio.sleep(1)  # of music; the agent is on the way to the telephone
        await network.request("POST", "recordings/live/waiting/stop")
        await desk.request("POST", f"channels/{ringing}/record", name="taken", format="wav")
        await desk.request("POST", f"channels/{ringing}/answer")
        await asyncio.sleep(1.5)  # of the whisper
        await desk.request("POST", "recordings/live/taken/stop")
        await desk.request("DELETE", f"channels/{ringing}")
        await network.request("DELETE", "channels/caller")
    await dials(phones, BEN, LOG_OUT)
    assert told == {"value": call}
    assert strength_of(house.network.recording_folder / "waiting.wav", 440) > 0.3
    assert strength_of(house.telephones.recording_folder / "taken.wav", 880) > 0.3


async def test_an_agent_on_a_number_is_paused_and_resumed_by_somebody_else(house: House) -> None:
    settings = Settings(queues=(OUTSIDE,))
    [who] = OUTSIDE.numbers
    assert set_pause(settings, house.switch, who, paused=True) == (OUTSIDE.name,)
    [agent] = [each for each in await agents_now(house.switch.connection()) if each.queue == OUTSIDE.name]
    assert (agent.name, agent.paused, agent.is_ready) == (who, True, False)
    set_pause(settings, house.switch, who, paused=False)
    [agent] = [each for each in await agents_now(house.switch.connection()) if each.queue == OUTSIDE.name]
    assert agent.is_ready
    with pytest.raises(UsageError, match="no queue of the settings has an agent 'nobody'"):
        set_pause(settings, house.switch, "nobody", paused=True)
