"""Text messages by a small contract over HTTP that any provider can be joined to: docs/messages.md has it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self

import aiohttp

from ivr.engine.messaging import Outgoing
from ivr.messages.message import Handover, HandoverResult

MOST_BYTES = 64 * 1024
"""Of an answer."""
_PIECE = 8 * 1024
_LONGEST = 200
"""Characters of a word of theirs."""
STATES = {
    "sent": HandoverResult.SENT,
    "delivered": HandoverResult.DELIVERED,
    "refused": HandoverResult.REFUSED,
    "unknown": HandoverResult.UNKNOWN,
}
_FOR_NOW = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
_NOT_LET_IN = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)
"""The key or the address of the gateway is wrong, which is no word about the message."""

Sign = Callable[[bytes], Mapping[str, str]]
"""Returns the headers that show that a body is ours."""


@dataclass(frozen=True, slots=True)
class SmsGateway:
    """Where text messages are handed over. The address is in no repr or log: it may hold a token."""

    url: str = field(repr=False)
    sign: Sign = field(repr=False)
    timeout: float = 20.0
    """Seconds for a whole exchange."""


class HttpSmsMessenger:
    """The Messenger of text messages, while its context lasts."""

    can_be_asked = True

    def __init__(self, gateway: SmsGateway) -> None:
        self._gateway = gateway

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(force_close=True),
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
            timeout=aiohttp.ClientTimeout(total=None),
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()

    async def hand_over(self, message: Outgoing) -> Handover:
        """Post one message; see the port."""
        body = json.dumps(
            {"id": message.id, "to": message.to, "text": message.body, "language": message.language},
            ensure_ascii=False,
        ).encode()
        headers = {"Content-Type": "application/json", "Idempotency-Key": message.id}
        return await self._exchange("POST", self._gateway.url, body, headers)

    async def look_up(self, message_id: str) -> Handover:
        """Ask what became of one; a gateway that never heard of it answers 404."""
        url = f"{self._gateway.url.rstrip('/')}/{message_id}"
        return await self._exchange("GET", url, message_id.encode(), {})

    async def _exchange(self, method: str, url: str, signed: bytes, headers: Mapping[str, str]) -> Handover:
        is_question = method == "GET"
        try:
            async with asyncio.timeout(self._gateway.timeout):
                async with self._session.request(
                    method,
                    url,
                    data=None if is_question else signed,
                    headers={**headers, "Accept": "application/json", **self._gateway.sign(signed)},
                    allow_redirects=False,
                ) as response:
                    return meaning(response.status, await _whole(response), is_question=is_question)
        except aiohttp.ClientConnectorError:
            result = HandoverResult.UNKNOWN if is_question else HandoverResult.NOT_SENT
            return Handover(result, reason="the gateway does not answer")
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            reason = f"the gateway's answer is missing ({type(error).__name__})"
            return Handover(HandoverResult.UNKNOWN, reason=reason)


async def _whole(response: aiohttp.ClientResponse) -> bytes:
    """Return the body, in however many pieces it comes; nothing of one that is longer than any answer."""
    body = b""
    async for piece in response.content.iter_chunked(_PIECE):
        body += piece
        if len(body) > MOST_BYTES:
            return b""
    return body


def meaning(status: int, body: bytes, *, is_question: bool) -> Handover:
    """Return what an answer means; what is not in the contract leaves it unknown."""
    if is_question and status == HTTPStatus.NOT_FOUND:
        return Handover(HandoverResult.NOT_SENT, reason="the gateway never got it")
    if not is_question and status in _FOR_NOW:
        return Handover(HandoverResult.NOT_SENT, reason=f"the gateway is busy (HTTP {status})")
    if not is_question and status in _NOT_LET_IN:
        return Handover(HandoverResult.NOT_SENT, reason=f"the gateway does not let us in (HTTP {status})")
    if not is_question and 400 <= status < 500:
        return Handover(HandoverResult.REFUSED, reason=f"the gateway refused it (HTTP {status})")
    if not 200 <= status < 300:
        return Handover(HandoverResult.UNKNOWN, reason=f"the gateway broke down (HTTP {status})")
    answer = _json(body)
    reason = answer.get("reason")
    return Handover(
        STATES.get(str(answer.get("state")), HandoverResult.UNKNOWN),
        _kept(answer.get("provider_id")),
        _kept(reason[:_LONGEST] if isinstance(reason, str) else None),
    )


def _kept(word: object) -> str | None:
    """Return a word of theirs that a database can keep, one line of it; None for all others."""
    is_word = isinstance(word, str) and 0 < len(word) <= _LONGEST and word.isprintable()
    return str(word) if is_word else None


def _json(body: bytes) -> Mapping[str, Any]:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}
