"""A trunk that registers, and a softphone that is registered with: each is the other's far end."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from ivr.app.switch_outlook import look_beyond
from ivr.phone_number import PhoneNumber
from ivr.switch import process
from ivr.switch.configuration import EngineRole, render_configuration, softphone_passwords
from ivr.switch.install import Installation
from ivr.switch.instance import Instance, open_instance
from ivr.switch.trunk import Softphone, Trunk, dial_string
from ivr.telephony.ami_values import RegistrationState
from tests.asterisk.switch.ari_session import ari_session

pytestmark = pytest.mark.asterisk
PHONE = Softphone(username="office", number="+12025550142")
DIALLED = PhoneNumber("+12025550123")


@dataclass(frozen=True)
class Registered:
    """`customer` is registered at `provider` as the softphone `office`."""

    provider: Instance
    customer: Instance
    trunk: Trunk


@pytest.fixture(scope="module")
def registered(installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registered]:
    folder = tmp_path_factory.mktemp("registered")
    provider = open_instance(installation, folder / "provider")
    customer = open_instance(installation, folder / "customer")
    render_configuration(provider, EngineRole(softphones=(PHONE,)))
    password = folder / "password"
    password.write_text(softphone_passwords(provider, (PHONE,))[PHONE.username], "utf-8")
    trunk = Trunk(
        name="provider",
        host="127.0.0.1",
        port=provider.ports.sip,
        username=PHONE.username,
        password_file=password,
        caller_id=PHONE.number,
        media_address="127.0.0.1",
    )
    render_configuration(customer, EngineRole(trunks=(trunk,)))
    try:
        process.start(provider)
        process.start(customer)
        wait_until_registered(provider)
        yield Registered(provider, customer, trunk)
    finally:
        process.stop(customer)
        process.stop(provider)


def wait_until_registered(provider: Instance) -> None:
    deadline = time.monotonic() + 20
    while f"Contact:  {PHONE.username}" not in process.cli(provider, f"pjsip show aor {PHONE.username}"):
        assert time.monotonic() < deadline, "nobody registered"
        time.sleep(0.1)


async def test_a_registered_softphone_rings_as_a_customer(registered: Registered) -> None:
    async with (
        ari_session(registered.provider.connection(), "engine") as engine,
        ari_session(registered.customer.connection(), "answerback") as phone,
    ):
        await engine.originate(f"PJSIP/{PHONE.username}", "engine", "to-phone", callerId="+18005550100")
        start = await phone.event("StasisStart")
        assert start["args"][:3] == ["inbound", PHONE.number, "+18005550100"]
        await phone.request("POST", f"channels/{start['channel']['id']}/answer")
        assert (await engine.event("StasisStart"))["channel"]["id"] == "to-phone"
        await engine.request("DELETE", "channels/to-phone")


async def test_a_call_through_a_registered_trunk_gives_the_password_and_gets_through(
    registered: Registered,
) -> None:
    async with (
        ari_session(registered.provider.connection(), "answerback") as provider,
        ari_session(registered.customer.connection(), "engine") as engine,
    ):
        await engine.originate(dial_string(registered.trunk, DIALLED), "engine", "to-provider")
        start = await provider.event("StasisStart")
        assert start["args"][:2] == ["inbound", DIALLED]
        await provider.request("DELETE", f"channels/{start['channel']['id']}")
        await engine.event("ChannelDestroyed")


async def test_the_status_knows_that_the_trunk_is_registered(registered: Registered) -> None:
    beyond = await look_beyond(registered.customer.connection())
    async with asyncio.timeout(20):
        while beyond.registrations[0].state is not RegistrationState.REGISTERED:
            await asyncio.sleep(0.1)  # the provider knows of it a moment before
            beyond = await look_beyond(registered.customer.connection())
    assert len(beyond.registrations) == 1
