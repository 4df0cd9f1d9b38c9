"""The socket drops, Asterisk restarts, somebody takes our name or our password."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from ivr.ari import requests
from ivr.ari.client import AriClient
from ivr.ari.events import ChannelDestroyed
from ivr.ari.notices import Connected, Disconnected, Replaced
from ivr.errors import AriRefusedError
from ivr.switch import process
from ivr.switch.configuration import render_ari_users
from ivr.switch.credentials import for_next_owner
from ivr.switch.instance import Instance
from tests.asterisk.ari.phone_call import APP, answered, client_of, dialling, new_id, next_of
from tests.asterisk.ari.relay import relay_to

pytestmark = pytest.mark.asterisk


async def test_a_call_outlives_the_socket_and_is_ours_again_after_it(
    engine: Instance, people: AriClient
) -> None:
    async with relay_to(engine.connection().ari_url) as relay, client_of(engine, APP, relay.url) as ari:
        await ari.connect()
        async with answered(ari, people) as call:
            relay.cut()
            await next_of(call.events, Disconnected)
            again = await next_of(call.events, Connected)
            assert not again.first
            assert [channel.id for channel in again.channels] == [call.ours]
            await people.send(requests.hang_up(call.theirs))
            assert (await next_of(call.events, ChannelDestroyed)).channel.id == call.ours


async def test_a_call_that_ended_while_the_socket_was_down_is_missing_afterwards(
    engine: Instance, people: AriClient
) -> None:
    async with client_of(engine, APP) as before:
        await before.connect()
        async with answered(before, people) as call:
            with before.everything() as everything:
                await people.send(requests.hang_up(call.theirs))
                await next_of(everything, ChannelDestroyed)
    async with client_of(engine, APP) as after:
        with after.everything() as everything:
            await after.connect()
            assert (await next_of(everything, Connected)).channels == ()


async def test_after_a_restart_of_asterisk_the_client_is_back_and_the_calls_are_gone(
    engine: Instance, ari: AriClient, people: AriClient
) -> None:
    async with answered(ari, people) as call:
        process.stop(engine)
        await next_of(call.events, Disconnected)
        with pytest.raises(AriRefusedError, match="socket is down"):
            await ari.send(dialling(new_id()))
        process.start(engine)
        assert (await next_of(call.events, Connected, seconds=60)).channels == ()


async def test_a_second_client_of_the_same_name_silences_the_first_which_says_so(
    engine: Instance, ari: AriClient
) -> None:
    with ari.everything() as everything:
        async with client_of(engine, APP) as second:
            await second.connect()
            await next_of(everything, Replaced)
            assert not ari.connected
            assert second.connected
            with pytest.raises(AriRefusedError):
                await ari.send(dialling(new_id()))


@pytest.fixture
def next_owner(engine: Instance) -> Iterator[Instance]:
    """The same Asterisk after its ARI user was exchanged for the next owner's."""
    owned = replace(engine, credentials=for_next_owner(engine.credentials, engine.credentials.epoch + 1))
    render_ari_users(owned)
    process.cli(engine, "module reload res_ari.so")
    yield owned
    render_ari_users(engine)
    process.cli(engine, "module reload res_ari.so")


async def test_a_fenced_engine_can_not_dial_although_its_socket_stays_open(
    ari: AriClient, next_owner: Instance
) -> None:
    assert ari.connected
    with pytest.raises(AriRefusedError) as caught:
        await ari.send(dialling(new_id()))
    assert caught.value.status == 401
