"""Webhooks over HTTP: one signed POST, one answer in time, nothing followed and nothing tried again."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import aiohttp

from ivr.clock import Clock
from ivr.errors import WebhookError, WebhookTimedOutError
from ivr.webhooks.answer import read_answer
from ivr.webhooks.signature import HEADER, signature

MOST_BYTES = 64 * 1024
"""Of an answer."""
_CHUNK = 8 * 1024


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a webhook is, and the key that it knows as well. Neither is in any repr, log or complaint."""

    url: str = field(repr=False)
    key: bytes = field(repr=False)


class HttpWebhooks:
    """The Webhooks of the use cases, while its context lasts."""

    def __init__(self, endpoints: Mapping[str, Endpoint], clock: Clock) -> None:
        self._endpoints = endpoints
        self._clock = clock

    async def __aenter__(self) -> Self:
        # A connection for each request: one that was kept may be closed at the other end as we write to it,
        # and then nobody knows whether the request has arrived. No cookies, and no proxy of the environment.
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(force_close=True),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            timeout=aiohttp.ClientTimeout(total=None),
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()

    async def post(
        self, endpoint: str, send: Mapping[str, object], key: str, within: float
    ) -> Mapping[str, object]:
        """Post `send` and return the object that came back; see the port."""
        to = self._endpoints.get(endpoint)
        if to is None:
            raise WebhookError("the settings have no webhook of this name")
        body = json.dumps(send, ensure_ascii=False).encode()
        try:
            async with asyncio.timeout(within):
                return read_answer(await self._exchange(to, body, key))
        except TimeoutError:
            raise WebhookTimedOutError(f"no whole answer came within {within:g} seconds") from None
        except (aiohttp.ClientError, OSError) as error:
            # Its own words would tell the address.
            raise WebhookError(f"no answer came ({type(error).__name__})") from None

    async def _exchange(self, to: Endpoint, body: bytes, key: str) -> bytes:
        headers = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "User-Agent": "Answerback",
            "Idempotency-Key": key,
            HEADER: signature(to.key, body, self._clock()),
        }
        async with self._session.post(to.url, data=body, headers=headers, allow_redirects=False) as response:
            if not 200 <= response.status < 300:
                raise WebhookError(f"the answer is no success (HTTP {response.status})")
            return await _read(response)


async def _read(response: aiohttp.ClientResponse) -> bytes:
    body = b""
    async for chunk in response.content.iter_chunked(_CHUNK):
        body += chunk
        if len(body) > MOST_BYTES:
            raise WebhookError(f"the answer is longer than {MOST_BYTES} bytes")
    return body
