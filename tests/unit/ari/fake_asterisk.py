"""An HTTP server that misbehaves on purpose: only for faults that a real Asterisk can't be made to show."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class FakeAsterisk:
    """Counts what it is asked; an answer can be replaced by (method, path)."""

    url: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)
    answers: dict[tuple[str, str], Handler] = field(default_factory=dict)
    channels: list[dict[str, object]] = field(default_factory=list)
    sockets: list[web.WebSocketResponse] = field(default_factory=list)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        key = (request.method, request.path.removeprefix("/ari"))
        self.asked.append(key)
        if key in self.answers:
            return await self.answers[key](request)
        if key == ("GET", "/events"):
            return await self._event_socket(request)
        if key == ("GET", "/channels"):
            return web.json_response(self.channels)
        if key[1].startswith("/applications/"):
            ids = [channel["id"] for channel in self.channels]
            return web.json_response({"name": "app", "channel_ids": ids, "bridge_ids": []})
        return web.Response(status=204)

    async def _event_socket(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.append(socket)
        async for _message in socket:
            pass
        return socket

    def count(self, method: str, path: str) -> int:
        return self.asked.count((method, path))

    async def drop_sockets(self) -> None:
        for socket in self.sockets:
            await socket.close()
        self.sockets.clear()


@asynccontextmanager
async def running_fake() -> AsyncIterator[FakeAsterisk]:
    fake = FakeAsterisk()
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", fake.handle)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    assert site._server is not None
    fake.url = f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}"  # type: ignore[attr-defined]
    try:
        yield fake
    finally:
        await fake.drop_sockets()
        await runner.cleanup()


async def never(_request: web.Request) -> web.StreamResponse:
    """Answer nothing while the client waits."""
    await asyncio.Event().wait()
    raise AssertionError


async def hang_up_tcp(request: web.Request) -> web.StreamResponse:
    """Close the connection without an answer."""
    assert request.transport is not None
    request.transport.close()
    return web.Response()
