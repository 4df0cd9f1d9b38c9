"""The thin shell around the protocol: requests over HTTP, events over a websocket that reconnects itself."""

from __future__ import annotations

import asyncio
import random
from base64 import b64encode
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Self, TypeVar

import aiohttp
import structlog
from yarl import URL

from ivr.ari import requests
from ivr.ari.backoff import backoff_delays
from ivr.ari.dispatcher import Dispatcher, IncomingQueue
from ivr.ari.events import ApplicationReplaced
from ivr.ari.http_exchange import KEEP_ALIVE_S, HttpExchange
from ivr.ari.notices import Connected, Disconnected, Replaced
from ivr.ari.parse_event import KNOWN_TYPES, parse_event
from ivr.ari.request import Request
from ivr.ari.values import Channel
from ivr.errors import AriError, AriRefusedError, AriUnavailableError

Answer = TypeVar("Answer")

HEARTBEAT_S = 10.0
"""A ping this often; without an answer within half of it the socket counts as dead."""
CLOSING = aiohttp.ClientWSTimeout(ws_close=2.0)
"""How long to wait for the other side when the event socket is closed."""
MOST_CONNECTIONS = 64
"""Below Asterisk's default `sessionlimit` of 100, which the event socket and other clients share."""

_log = structlog.get_logger(__name__)


class AriClient:
    """One Stasis application at one Asterisk; `async with` closes it.

    The caller sees to it that no other client uses `app`: the later one would silence the earlier.
    """

    def __init__(
        self,
        url: str,
        user: str,
        password: str,
        app: str,
        *,
        allowed_events: Collection[str] = KNOWN_TYPES,
        request_timeout_s: float = 5.0,
        delays: Callable[[], Iterator[float]] = lambda: backoff_delays(random.Random()),
    ) -> None:
        """`url` is that of Asterisk's HTTP server, with its prefix if it has one (`http://127.0.0.1:8088`)."""
        self.app = app
        self._url = url.rstrip("/") + "/ari"
        self._credentials = "Basic " + b64encode(f"{user}:{password}".encode()).decode()
        self._allowed_events = frozenset(allowed_events)
        self._timeout = aiohttp.ClientTimeout(total=request_timeout_s)
        self._delays = delays
        self._dispatcher = Dispatcher()
        self._session: aiohttp.ClientSession | None = None
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._reader: asyncio.Task[None] | None = None
        self._up = asyncio.Event()
        self._was_up = False

    def __repr__(self) -> str:
        return f"<AriClient {self.app} at {self._url}, {'connected' if self.connected else 'not connected'}>"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @property
    def connected(self) -> bool:
        """Whether events arrive, so that an answered call would find somebody."""
        return self._up.is_set()

    async def wait_connected(self) -> None:
        """Return as soon as events arrive."""
        await self._up.wait()

    def everything(self) -> AbstractContextManager[IncomingQueue]:
        """Receive all events and notices while the context lasts."""
        return self._dispatcher.everything()

    def events_for(self, *channel_ids: str) -> AbstractContextManager[IncomingQueue]:
        """Receive the events of channels, and all notices; enter it before a channel is originated."""
        return self._dispatcher.events_for(*channel_ids)

    async def connect(self) -> None:
        """Connect for the first time, and from then on again whenever the socket drops.

        Raises AriRefusedError (wrong password) or AriUnavailableError (nobody there) if the first try fails.
        """
        self._session = aiohttp.ClientSession(
            headers={"Authorization": self._credentials},
            connector=aiohttp.TCPConnector(limit=MOST_CONNECTIONS, keepalive_timeout=KEEP_ALIVE_S),
        )
        self._socket = await self._open_socket(self._session)
        self._reader = asyncio.create_task(self._keep_reading(self._socket), name=f"ari {self.app}")

    async def close(self) -> None:
        """End the connection; live calls stay up in Asterisk."""
        self._up.clear()
        if self._reader is not None:
            self._reader.cancel()
            await asyncio.gather(self._reader, return_exceptions=True)
            self._reader = None
        if self._socket is not None:
            await self._socket.close()
            self._socket = None
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def send(self, request: Request[Answer]) -> Answer:
        """Send a request once and return its answer.

        Raises AriRefusedError when it was certainly not carried out (HTTP error, no connection, a request
        that dials while the event socket is down) and AriUnavailableError when nobody knows.
        """
        if request.dials and not self.connected:
            raise AriRefusedError(
                None,
                f"{request.operation} was not sent: the event socket is down and an answered call would drop",
            )
        if self._session is None:
            raise AriRefusedError(None, f"{request.operation} was not sent: the client is not connected")
        return await self._exchange(self._session).send(request)

    def _exchange(self, session: aiohttp.ClientSession) -> HttpExchange:
        return HttpExchange(session, self._url, self._timeout)

    async def _open_socket(self, session: aiohttp.ClientSession) -> aiohttp.ClientWebSocketResponse:
        """Connect, set the filter, take stock, and tell everybody; events wait in the socket meanwhile."""
        url = URL(self._url.replace("http", "ws", 1) + "/events").with_query(app=self.app)
        try:
            async with asyncio.timeout(self._timeout.total):
                socket = await session.ws_connect(url, heartbeat=HEARTBEAT_S, timeout=CLOSING)
        except aiohttp.WSServerHandshakeError as error:
            raise AriRefusedError(error.status, "Asterisk refused the event socket") from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise AriUnavailableError(f"no event socket at {self._url} ({type(error).__name__})") from None
        try:
            channels = await self._take_stock(self._exchange(session))
        except BaseException:
            await socket.close()
            raise
        first, self._was_up = not self._was_up, True
        self._up.set()
        _log.info("ari_connected", app=self.app, first=first, channels=len(channels))
        self._dispatcher.deliver_notice(Connected(first, channels))
        return socket

    async def _take_stock(self, exchange: HttpExchange) -> tuple[Channel, ...]:
        await exchange.send(requests.set_event_filter(self.app, self._allowed_events))
        ours = frozenset((await exchange.send(requests.application_details(self.app))).channel_ids)
        return tuple(c for c in await exchange.send(requests.list_channels()) if c.id in ours)

    async def _keep_reading(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        while True:
            reason = await self._read(socket)
            self._up.clear()
            await socket.close()
            if reason is None:
                _log.critical("ari_application_replaced", app=self.app)
                self._dispatcher.deliver_notice(Replaced())
                return
            _log.error("ari_disconnected", app=self.app, reason=reason)
            self._dispatcher.deliver_notice(Disconnected(reason))
            socket = self._socket = await self._reconnected()

    async def _read(self, socket: aiohttp.ClientWebSocketResponse) -> str | None:
        """Deliver events until the socket ends; return why, or None when another client took the name."""
        async for message in socket:
            if message.type is not aiohttp.WSMsgType.TEXT:
                return f"a frame of type {message.type.name}"
            try:
                event = parse_event(message.data)
            except AriError as error:
                _log.error("ari_event_unreadable", app=self.app, error=str(error))
                continue
            self._dispatcher.deliver_event(event)
            if isinstance(event, ApplicationReplaced):
                return None
        return f"closed with code {socket.close_code}"

    async def _reconnected(self) -> aiohttp.ClientWebSocketResponse:
        assert self._session is not None  # noqa: S101  (only `close` clears it, and that cancels this task)
        for delay in self._delays():
            await asyncio.sleep(delay)
            try:
                return await self._open_socket(self._session)
            except AriError as error:
                _log.warning("ari_not_reconnected", app=self.app, error=str(error))
        raise AssertionError("the delays between tries to connect ended; they must not")
