"""The client at a real manager interface: the contract that the fake keeps, and a restart."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from ivr.errors import AmiError
from ivr.phone_number import PhoneNumber
from ivr.switch import process
from ivr.switch.agent_queue import AgentQueue
from ivr.switch.configuration import EngineRole, render_configuration
from ivr.switch.install import install_asterisk
from ivr.switch.instance import Instance, open_instance
from ivr.switch.trunk import Softphone
from ivr.telephony.ami_client import AmiClient, AmiConnected, AmiDisconnected
from tests.unit.telephony.ami_contract import AmiContract

pytestmark = pytest.mark.asterisk
REPOSITORY = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def switch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """An Asterisk of our own, because it is restarted, with one queue and an agent who is away."""
    home = Path(os.environ.get("IVR_HOME", REPOSITORY / ".ivr")).resolve()
    installation = install_asterisk(home / "asterisk" / "root", lambda *_: None)
    instance = open_instance(installation, tmp_path_factory.mktemp("ami"))
    alice = Softphone(username="alice", number=PhoneNumber("+12025550123"))
    support = AgentQueue(name="support", members=("alice",))
    render_configuration(instance, EngineRole("inbound", softphones=(alice,), queues=(support,)))
    try:
        process.start(instance)
        yield instance
    finally:
        process.stop(instance)


def client_of(instance: Instance) -> AmiClient:
    connection = instance.connection()
    return AmiClient(connection.ami_host, connection.ami_port, connection.ami_user, connection.ami_password)


@pytest.fixture
async def ami(switch: Instance) -> AsyncIterator[AmiClient]:
    process.cli(switch, "queue add member PJSIP/alice to support")  # as a code of her telephone does
    async with client_of(switch) as client:
        await client.connect()
        yield client


class TestARealAsteriskKeepsTheContract(AmiContract):
    """See ami_contract."""


async def test_after_a_restart_it_is_back_with_a_snapshot(switch: Instance, ami: AmiClient) -> None:
    with ami.notices() as notices:
        process.stop(switch)
        async with asyncio.timeout(60):
            assert isinstance(await notices.get(), AmiDisconnected)
            with pytest.raises(AmiError):
                await ami.ping()
            process.start(switch)
            notice = await notices.get()
    assert isinstance(notice, AmiConnected)
    assert [queue.name for queue in notice.snapshot.queues] == ["support"]


async def test_a_wrong_password_is_refused(switch: Instance) -> None:
    connection = switch.connection()
    async with AmiClient(connection.ami_host, connection.ami_port, connection.ami_user, "no") as client:
        with pytest.raises(AmiError, match="Login was refused"):
            await client.connect()
