"""Text messages against a real web server: the contract of docs/messages.md."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from ivr.app.messaging import signing
from ivr.engine.messaging import Outgoing
from ivr.messages.message import Handover, HandoverResult
from ivr.messaging.sms import STATES, HttpSmsMessenger, SmsGateway, meaning
from ivr.webhooks.signature import HEADER, signature
from tests.http_server import answering

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
KEY = b"0123456789abcdef0123456789abcdef"
SMS = Outgoing("0a1b", "+12025550123", "es", "", "Su enlace: https://x")


class Gateway:
    """A provider's bridge that answers as it is told."""

    def __init__(self) -> None:
        self.status = 202
        self.answer: Mapping[str, Any] | bytes = {"state": "sent", "provider_id": "p-1"}
        self.asked: list[tuple[str, str, bytes, Mapping[str, str]]] = []
        self.is_silent = False
        self.pieces: list[bytes] = []
        self.closing = asyncio.Event()
        self.url = ""

    async def serve(self, request: web.Request) -> web.StreamResponse:
        self.asked.append((request.method, request.path, await request.read(), request.headers))
        if self.is_silent:
            await self.closing.wait()
        if self.pieces:
            return await self._in_pieces(request)
        body = self.answer if isinstance(self.answer, bytes) else json.dumps(self.answer).encode()
        return web.Response(body=body, status=self.status)

    async def _in_pieces(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for piece in self.pieces:
            await response.write(piece)
            await asyncio.sleep(0.02)  # so that each is a packet of its own
        return response


@pytest.fixture
async def gateway() -> AsyncIterator[Gateway]:
    bridge = Gateway()
    async with answering(bridge.serve) as server:
        bridge.url = f"{server}/messages"
        yield bridge
        bridge.closing.set()


async def sent(gateway: Gateway, within: float = 10.0) -> Handover:
    at = SmsGateway(gateway.url, signing(KEY, lambda: NOW), within)
    async with HttpSmsMessenger(at) as messenger:
        return await messenger.hand_over(SMS)


async def asked(gateway: Gateway) -> Handover:
    async with HttpSmsMessenger(SmsGateway(gateway.url, signing(KEY, lambda: NOW))) as messenger:
        return await messenger.look_up(SMS.id)


async def test_a_message_is_posted_signed_with_its_id(gateway: Gateway) -> None:
    assert await sent(gateway) == Handover(HandoverResult.SENT, "p-1")
    [(method, path, body, headers)] = gateway.asked
    assert (method, path) == ("POST", "/messages")
    assert json.loads(body) == {
        "id": "0a1b",
        "to": "+12025550123",
        "text": "Su enlace: https://x",
        "language": "es",
    }
    assert headers["Idempotency-Key"] == "0a1b"
    assert headers[HEADER] == signature(KEY, body, NOW)


@pytest.mark.parametrize(
    ("status", "answer", "result"),
    [
        (200, {"state": "delivered"}, HandoverResult.DELIVERED),
        (200, {"state": "refused", "reason": "no such number"}, HandoverResult.REFUSED),
        (200, {"state": "on its way"}, HandoverResult.UNKNOWN),
        (200, b"<html>", HandoverResult.UNKNOWN),
        (400, {}, HandoverResult.REFUSED),
        (422, {}, HandoverResult.REFUSED),
        (401, {}, HandoverResult.NOT_SENT),
        (403, {}, HandoverResult.NOT_SENT),
        (404, {}, HandoverResult.NOT_SENT),
        (429, {}, HandoverResult.NOT_SENT),
        (503, {}, HandoverResult.NOT_SENT),
        (500, {}, HandoverResult.UNKNOWN),
        (302, {}, HandoverResult.UNKNOWN),
    ],
)
async def test_what_an_answer_means(
    gateway: Gateway, status: int, answer: Mapping[str, Any] | bytes, result: HandoverResult
) -> None:
    gateway.status, gateway.answer = status, answer
    assert (await sent(gateway)).result is result


async def test_an_answer_that_comes_in_pieces_is_read_to_its_end(gateway: Gateway) -> None:
    gateway.pieces = [b'{"state": "sen', b't", "provider_id"', b': "p-1"}']
    assert await sent(gateway) == Handover(HandoverResult.SENT, "p-1")


async def test_an_answer_without_end_is_none(gateway: Gateway) -> None:
    gateway.pieces = [b'{"state": "sent", "more": "', *([b"x" * 8192] * 9), b'"}']
    assert (await sent(gateway)).result is HandoverResult.UNKNOWN


@pytest.mark.parametrize("word", ["a\x00b", "\ud800", "x" * 201, "", "p\nq", 7, None, {"a": 1}], ids=repr)
def test_words_that_can_not_be_kept_are_left_out(word: object) -> None:
    body = json.dumps({"state": "sent", "provider_id": word, "reason": word}).encode()
    meant = meaning(200, body, is_question=False)
    assert (meant.result, meant.provider_id) == (HandoverResult.SENT, None)
    assert meant.reason in (None, "x" * 200)


WORDS = (
    st.text(alphabet=st.characters(), max_size=30)
    | st.none()
    | st.integers()
    | st.sampled_from(tuple(STATES))
)
ANSWERS = st.dictionaries(st.sampled_from(("state", "provider_id", "reason", "more")), WORDS).map(
    json.dumps
) | st.sampled_from(("[" * 60_000, "9" * 9_000, "NaN", '{"state": 1e999}', "\ufeff{}"))


@given(st.integers(100, 999), ANSWERS.map(str.encode) | st.binary(max_size=300), st.booleans())
def test_whatever_a_gateway_answers_means_something_that_can_be_kept(
    status: int, body: bytes, is_question: bool
) -> None:
    meant = meaning(status, body, is_question=is_question)
    for word in (meant.provider_id, meant.reason):
        if word is not None:
            assert word.encode(), "it can be written down"
            assert "\x00" not in word
            assert len(word) <= 200
    if meant.result in (HandoverResult.SENT, HandoverResult.DELIVERED):
        assert 200 <= status < 300


async def test_no_answer_in_time_leaves_it_unknown(gateway: Gateway) -> None:
    gateway.is_silent = True
    assert (await sent(gateway, within=0.2)).result is HandoverResult.UNKNOWN


async def test_a_gateway_that_is_away_got_nothing_and_can_tell_nothing(gateway: Gateway) -> None:
    gateway.url = "http://127.0.0.1:1/token-7391"
    handover = await sent(gateway)
    assert handover.result is HandoverResult.NOT_SENT
    assert "7391" not in str(handover)
    assert (await asked(gateway)).result is HandoverResult.UNKNOWN


async def test_it_is_asked_by_the_id_and_404_means_that_it_never_got_it(gateway: Gateway) -> None:
    gateway.status, gateway.answer = 200, {"state": "delivered", "provider_id": "p-1"}
    assert await asked(gateway) == Handover(HandoverResult.DELIVERED, "p-1")
    gateway.status, gateway.answer = 404, {}
    assert (await asked(gateway)).result is HandoverResult.NOT_SENT
    (method, path, _, headers), _ = gateway.asked
    assert (method, path) == ("GET", "/messages/0a1b")
    assert headers[HEADER] == signature(KEY, b"0a1b", NOW)


@pytest.mark.parametrize("status", [400, 401, 429, 500, 503])
async def test_a_question_that_fails_tells_nothing(gateway: Gateway, status: int) -> None:
    gateway.status = status
    assert (await asked(gateway)).result is HandoverResult.UNKNOWN
