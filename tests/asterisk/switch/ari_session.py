"""Just enough ARI to test the switch by itself: requests, and events in the order they come."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from ivr.switch.connection import SwitchConnection

_PATIENCE = 20.0
"""Seconds after which an event that was promised is a failure."""


class AriSession:
    """One user's requests and one application's events."""

    def __init__(self, connection: SwitchConnection, http: aiohttp.ClientSession) -> None:
        self._url = f"{connection.ari_url}/ari"
        self._headers = {
            "Authorization": aiohttp.encode_basic_auth(connection.ari_user, connection.ari_password)
        }
        self._http = http
        self.socket: aiohttp.ClientWebSocketResponse[bool] | None = None

    async def listen(self, *apps: str) -> None:
        url = f"{self._url}/events?app={','.join(apps)}"
        self.socket = await self._http.ws_connect(url, headers=self._headers)

    async def request(self, method: str, path: str, **body: Any) -> tuple[int, Any]:
        async with self._http.request(
            method, f"{self._url}/{path}", json=body or None, headers=self._headers
        ) as response:
            text = await response.text()
            return response.status, json.loads(text) if text else None

    async def event(self, kind: str) -> dict[str, Any]:
        """Return the next event of `kind`; what comes before it is passed over."""
        assert self.socket is not None
        async with asyncio.timeout(_PATIENCE):
            while True:
                event: dict[str, Any] = json.loads(await self.socket.receive_str())
                if event.get("type") == kind:
                    return event

    async def originate(self, endpoint: str, app: str, channel_id: str, **fields: Any) -> None:
        status, answer = await self.request(
            "POST", "channels", endpoint=endpoint, app=app, channelId=channel_id, timeout=20, **fields
        )
        assert status == 200, answer


@asynccontextmanager
async def ari_session(connection: SwitchConnection, *apps: str) -> AsyncIterator[AriSession]:
    """Open a session, listening to `apps` when any are named."""
    async with aiohttp.ClientSession() as http:
        session = AriSession(connection, http)
        if apps:
            await session.listen(*apps)
        yield session
        if session.socket is not None:
            await session.socket.close()
