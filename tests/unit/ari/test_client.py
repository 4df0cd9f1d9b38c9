"""What the client does when things go wrong. What it does with a real Asterisk is in tests/asterisk."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TypeVar

import aiohttp
import pytest
import structlog
from aiohttp import web

from ivr.ari import requests
from ivr.ari.client import AriClient
from ivr.ari.dispatcher import IncomingQueue
from ivr.ari.events import ChannelDtmfReceived
from ivr.ari.notices import Connected, Disconnected, Replaced
from ivr.errors import AriError, AriRefusedError, AriUnavailableError
from tests.unit.ari.fake_asterisk import FakeAsterisk, hang_up_tcp, never, running_fake

FRAMES = {
    json.loads(line)["type"]: line
    for line in (Path(__file__).parent / "recorded_frames.jsonl").read_text().splitlines()
}
CHANNEL = json.loads(FRAMES["StasisStart"])["channel"]
ORIGINATE = requests.originate("PJSIP/x@trunk", "app", channel_id="a1")
Wanted = TypeVar("Wanted")


def at_once() -> Iterator[float]:
    return itertools.repeat(0.0)


def client_of(fake: FakeAsterisk) -> AriClient:
    return AriClient(fake.url, "engine", "s3cret", "app", delays=at_once)


async def next_of(queue: IncomingQueue, kind: type[Wanted]) -> Wanted:
    async with asyncio.timeout(10):
        while True:
            item = await queue.get()
            if isinstance(item, kind):
                return item


@pytest.fixture
async def fake() -> AsyncIterator[FakeAsterisk]:
    async with running_fake() as fake:
        yield fake


@pytest.fixture
async def client(fake: FakeAsterisk) -> AsyncIterator[AriClient]:
    async with client_of(fake) as client:
        await client.connect()
        yield client


class TestRequests:
    async def test_a_post_without_an_answer_is_unavailable_and_was_sent_once(
        self, fake: FakeAsterisk, client: AriClient
    ) -> None:
        fake.answers[("POST", "/channels")] = hang_up_tcp
        with pytest.raises(AriUnavailableError, match="originate got no answer"):
            await client.send(ORIGINATE)
        assert fake.count("POST", "/channels") == 1

    async def test_an_answer_that_does_not_come_in_time_is_unavailable(
        self, fake: FakeAsterisk, client: AriClient
    ) -> None:
        client._timeout = aiohttp.ClientTimeout(total=0.3)
        fake.answers[("POST", "/channels")] = never
        with pytest.raises(AriUnavailableError, match="unknown"):
            await client.send(ORIGINATE)
        assert fake.count("POST", "/channels") == 1

    async def test_an_http_error_is_a_refusal_with_the_reason_of_asterisk(
        self, fake: FakeAsterisk, client: AriClient
    ) -> None:
        async def conflict(_request: web.Request) -> web.StreamResponse:
            return web.json_response({"message": "Channel with given unique ID already exists"}, status=409)

        fake.answers[("POST", "/channels")] = conflict
        with pytest.raises(AriRefusedError, match="already exists") as caught:
            await client.send(ORIGINATE)
        assert caught.value.status == 409

    async def test_where_nobody_listens_nothing_was_sent(self, fake: FakeAsterisk, client: AriClient) -> None:
        client._url = "http://127.0.0.1:1/ari"
        with pytest.raises(AriRefusedError, match="was not sent") as caught:
            await client.send(requests.ping())
        assert caught.value.status is None

    async def test_an_answer_that_is_no_json_is_an_error_and_no_crash(
        self, fake: FakeAsterisk, client: AriClient
    ) -> None:
        async def nonsense(_request: web.Request) -> web.StreamResponse:
            return web.Response(text="<html>")

        fake.answers[("GET", "/asterisk/ping")] = nonsense
        with pytest.raises(AriError, match="no JSON"):
            await client.send(requests.ping())

    async def test_a_redirect_is_not_followed_with_our_credentials(
        self, fake: FakeAsterisk, client: AriClient
    ) -> None:
        async def elsewhere(_request: web.Request) -> web.StreamResponse:
            raise web.HTTPTemporaryRedirect("/ari/elsewhere")

        fake.answers[("GET", "/asterisk/ping")] = elsewhere
        with pytest.raises(AriRefusedError):
            await client.send(requests.ping())
        assert fake.count("GET", "/elsewhere") == 0


class TestOriginatingNeedsTheEventSocket:
    async def test_before_the_first_connect_nothing_is_sent(self, fake: FakeAsterisk) -> None:
        async with client_of(fake) as client:
            with pytest.raises(AriRefusedError, match="socket is down"):
                await client.send(ORIGINATE)
        assert fake.asked == []

    async def test_while_the_socket_is_down_originate_is_refused_but_a_hang_up_goes_through(
        self, fake: FakeAsterisk, client: AriClient
    ) -> None:
        fake.answers[("GET", "/events")] = hang_up_tcp
        with client.everything() as queue:
            await fake.drop_sockets()
            await next_of(queue, Disconnected)
        assert not client.connected
        with pytest.raises(AriRefusedError, match="socket is down"):
            await client.send(ORIGINATE)
        assert fake.count("POST", "/channels") == 0
        await client.send(requests.hang_up("a1"))
        assert fake.count("DELETE", "/channels/a1") == 1


class TestReconnecting:
    async def test_the_filter_is_set_again_and_live_calls_are_reported(
        self, fake: FakeAsterisk, client: AriClient
    ) -> None:
        filters = fake.count("PUT", "/applications/app/eventFilter")
        fake.channels = [CHANNEL]
        with client.events_for("a1") as queue:
            await fake.drop_sockets()
            await next_of(queue, Disconnected)
            notice = await next_of(queue, Connected)
        assert not notice.first
        assert [channel.id for channel in notice.channels] == [CHANNEL["id"]]
        assert fake.count("PUT", "/applications/app/eventFilter") == filters + 1
        assert client.connected

    async def test_channels_of_other_applications_are_not_reported(self, fake: FakeAsterisk) -> None:
        async def not_ours(_request: web.Request) -> web.StreamResponse:
            return web.json_response({"name": "app", "channel_ids": [], "bridge_ids": []})

        fake.channels = [CHANNEL]
        fake.answers[("GET", "/applications/app")] = not_ours
        async with client_of(fake) as client:
            with client.everything() as queue:
                await client.connect()
                assert await next_of(queue, Connected) == Connected(first=True, channels=())

    async def test_it_goes_on_trying_while_the_filter_can_not_be_set(
        self, fake: FakeAsterisk, client: AriClient
    ) -> None:
        tries: asyncio.Queue[None] = asyncio.Queue()

        async def fail(request: web.Request) -> web.StreamResponse:
            tries.put_nowait(None)
            return await hang_up_tcp(request)

        fake.answers[("PUT", "/applications/app/eventFilter")] = fail
        with client.everything() as queue:
            await fake.drop_sockets()
            await next_of(queue, Disconnected)
            for _ in range(3):
                await tries.get()
            assert not client.connected
            del fake.answers[("PUT", "/applications/app/eventFilter")]
            assert not (await next_of(queue, Connected)).first

    async def test_a_first_try_that_fails_is_told_to_the_caller(self, fake: FakeAsterisk) -> None:
        async def unauthorised(_request: web.Request) -> web.StreamResponse:
            return web.json_response({"message": "Authentication required"}, status=401)

        fake.answers[("GET", "/events")] = unauthorised
        async with client_of(fake) as client:
            with pytest.raises(AriRefusedError) as caught:
                await client.connect()
        assert caught.value.status == 401


class TestEvents:
    async def test_a_frame_that_can_not_be_read_does_not_stop_the_next(
        self, fake: FakeAsterisk, client: AriClient
    ) -> None:
        with client.events_for("c1") as queue:
            await fake.sockets[0].send_str('{"type":"ChannelDtmfReceived"}')
            await fake.sockets[0].send_str(FRAMES["ChannelDtmfReceived"])
            assert isinstance(await next_of(queue, ChannelDtmfReceived), ChannelDtmfReceived)
        assert client.connected

    async def test_a_client_that_was_replaced_says_so_and_does_not_fight_for_the_name(
        self, fake: FakeAsterisk, client: AriClient
    ) -> None:
        with structlog.testing.capture_logs() as logs, client.everything() as queue:
            await fake.sockets[0].send_str(FRAMES["ApplicationReplaced"])
            await next_of(queue, Replaced)
        assert not client.connected
        assert [entry["log_level"] for entry in logs] == ["critical"]
        assert fake.count("GET", "/events") == 1
        with pytest.raises(AriRefusedError):
            await client.send(ORIGINATE)


class TestSecrets:
    async def test_the_password_is_in_no_repr_error_or_log(self, fake: FakeAsterisk) -> None:
        with structlog.testing.capture_logs() as logs:
            async with client_of(fake) as client:
                await client.connect()
                fake.answers[("GET", "/asterisk/ping")] = hang_up_tcp
                with pytest.raises(AriError) as caught:
                    await client.send(requests.ping())
                told = f"{client!r} {caught.value} {caught.value.__cause__} {logs}"
        assert "s3cret" not in told
        assert "Basic" not in told

    async def test_a_digit_in_an_unreadable_frame_is_in_no_log(
        self, fake: FakeAsterisk, client: AriClient
    ) -> None:
        with structlog.testing.capture_logs() as logs, client.events_for("c1") as queue:
            await fake.sockets[0].send_str('{"type":"ChannelDtmfReceived","digit":"7391","timestamp":"7391"}')
            await fake.sockets[0].send_str(FRAMES["ChannelDtmfReceived"])
            await next_of(queue, ChannelDtmfReceived)
        assert [entry["event"] for entry in logs] == ["ari_event_unreadable"]
        assert "7391" not in str(logs)
