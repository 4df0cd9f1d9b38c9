"""Against a real web server on this machine: whatever it does, the call goes on in time."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web

from ivr.errors import WebhookError, WebhookTimedOutError
from ivr.webhooks.http_webhooks import MOST_BYTES, Endpoint, HttpWebhooks
from ivr.webhooks.signature import HEADER, signature
from tests.http_server import answering

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
KEY = b"0123456789abcdef0123456789abcdef"
LONG, SHORT = 30.0, 0.2
"""Seconds: more than any answer here takes, and what a server that never answers may cost."""
PATH = "/token-7391"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Shop:
    """A program that answers as it is told to, and remembers what it was asked."""

    def __init__(self) -> None:
        self.answer: Handler = self._sent
        self.asked: list[tuple[web.Request, bytes]] = []
        self.closing = asyncio.Event()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        self.asked.append((request, await request.read()))
        return await self.answer(request)

    async def _sent(self, request: web.Request) -> web.StreamResponse:
        return web.json_response({"order": {"status": "sent"}})

    def says(self, body: bytes, status: int = 200, **headers: str) -> None:
        async def answer(request: web.Request) -> web.StreamResponse:
            return web.Response(body=body, status=status, headers=headers)

        self.answer = answer


@pytest.fixture
def shop() -> Shop:
    return Shop()


@pytest.fixture
async def address(shop: Shop) -> AsyncIterator[str]:
    async with answering(shop.serve) as server:
        yield f"{server}{PATH}"
        shop.closing.set()


@pytest.fixture
async def webhooks(address: str) -> AsyncIterator[HttpWebhooks]:
    async with HttpWebhooks({"orders": Endpoint(address, KEY)}, lambda: NOW) as webhooks:
        yield webhooks


async def asked(webhooks: HttpWebhooks, within: float = LONG, endpoint: str = "orders") -> Any:
    return await webhooks.post(endpoint, {"order": "17", "name": "Núñez"}, "the-same-again", within)


async def test_the_object_that_comes_back_is_the_answer(webhooks: HttpWebhooks) -> None:
    assert await asked(webhooks) == {"order": {"status": "sent"}}


async def test_a_request_is_json_that_is_signed_and_has_a_key_to_know_it_again_by(
    webhooks: HttpWebhooks, shop: Shop
) -> None:
    await asked(webhooks)
    [(request, body)] = shop.asked
    assert (request.method, request.path) == ("POST", PATH)
    assert json.loads(body) == {"order": "17", "name": "Núñez"}
    assert request.headers["Content-Type"] == "application/json"
    assert request.headers["Idempotency-Key"] == "the-same-again"
    assert request.headers[HEADER] == signature(KEY, body, NOW)


@pytest.mark.parametrize("status", [201, 202])
async def test_any_success_counts(webhooks: HttpWebhooks, shop: Shop, status: int) -> None:
    shop.says(b"{}", status)
    assert await asked(webhooks) == {}


@pytest.mark.parametrize("status", [400, 401, 404, 500, 503])
async def test_no_other_status_does(webhooks: HttpWebhooks, shop: Shop, status: int) -> None:
    shop.says(b"{}", status)
    with pytest.raises(WebhookError, match=rf"the answer is no success \(HTTP {status}\)"):
        await asked(webhooks)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_nobody_is_sent_elsewhere(webhooks: HttpWebhooks, shop: Shop, status: int) -> None:
    shop.says(b"{}", status, Location="/elsewhere")
    with pytest.raises(WebhookError, match=rf"HTTP {status}"):
        await asked(webhooks)
    assert len(shop.asked) == 1


async def test_an_empty_success_has_no_answer(webhooks: HttpWebhooks, shop: Shop) -> None:
    shop.says(b"", 204)
    with pytest.raises(WebhookError, match="no JSON"):
        await asked(webhooks)


async def test_an_answer_may_be_long_up_to_a_limit(webhooks: HttpWebhooks, shop: Shop) -> None:
    frame = len(json.dumps({"a": ""}))
    shop.says(json.dumps({"a": "x" * (MOST_BYTES - frame)}).encode())
    assert len((await asked(webhooks))["a"]) == MOST_BYTES - frame
    shop.says(json.dumps({"a": "x" * (MOST_BYTES - frame + 1)}).encode())
    with pytest.raises(WebhookError, match=f"longer than {MOST_BYTES} bytes"):
        await asked(webhooks)


async def test_one_without_end_is_not_read_to_its_end(webhooks: HttpWebhooks, shop: Shop) -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while not shop.closing.is_set():
            await response.write(b" " * 4096)
        return response

    shop.answer = endless
    with pytest.raises(WebhookError, match=f"longer than {MOST_BYTES} bytes"):
        await asked(webhooks)


async def test_one_that_was_packed_is_not_unpacked(webhooks: HttpWebhooks, shop: Shop) -> None:
    async def packed(request: web.Request) -> web.StreamResponse:
        response = web.json_response({"a": "x" * MOST_BYTES * 16})
        response.enable_compression(web.ContentCoding.gzip)
        return response

    shop.answer = packed
    with pytest.raises(WebhookError, match="no JSON"):
        await asked(webhooks)


async def test_who_does_not_answer_in_time_is_not_waited_for(webhooks: HttpWebhooks, shop: Shop) -> None:
    async def silent(request: web.Request) -> web.StreamResponse:
        await shop.closing.wait()
        return web.Response()

    shop.answer = silent
    with pytest.raises(WebhookTimedOutError, match=r"no whole answer came within 0\.2 seconds"):
        await asked(webhooks, SHORT)


async def test_who_begins_in_time_and_never_ends_is_not_either(webhooks: HttpWebhooks, shop: Shop) -> None:
    async def slow(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b'{"order": ')
        await shop.closing.wait()
        return response

    shop.answer = slow
    with pytest.raises(WebhookTimedOutError):
        await asked(webhooks, SHORT)


async def test_who_hangs_up_in_the_middle_has_not_answered(webhooks: HttpWebhooks, shop: Shop) -> None:
    async def gone(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    shop.answer = gone
    with pytest.raises(WebhookError, match="no answer came"):
        await asked(webhooks)


async def test_a_program_that_does_not_run_has_not_answered_and_its_address_is_not_told() -> None:
    server = await asyncio.start_server(lambda _r, _w: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    endpoint = Endpoint(f"http://127.0.0.1:{port}{PATH}", KEY)
    async with HttpWebhooks({"orders": endpoint}, lambda: NOW) as webhooks:
        with pytest.raises(WebhookError, match="no answer came") as caught:
            await asked(webhooks)
    told = f"{caught.value!r} {caught.value.__cause__} {endpoint!r}"
    assert str(port) not in told
    assert "token" not in told
    assert KEY.decode() not in told


async def test_a_name_that_the_settings_do_not_have_is_asked_nothing(
    webhooks: HttpWebhooks, shop: Shop
) -> None:
    with pytest.raises(WebhookError, match="no webhook of this name"):
        await asked(webhooks, endpoint="shop")
    assert shop.asked == []


async def test_a_proxy_of_the_environment_is_passed_by(
    webhooks: HttpWebhooks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    assert await asked(webhooks) == {"order": {"status": "sent"}}
