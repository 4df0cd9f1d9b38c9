"""The state of queues, agents, registrations and channels, over the manager interface.

The only importer of panoramisk. What is wrong with its version 1.4 is kept from us like this:

- It sends an unanswered action again after a reconnect, so that one action may be carried out twice: here
  each connection has a Manager of its own, which never connects again.
- A carriage return or line feed in a value becomes a header of its own: such an action is refused.
- A lost Ping is not noticed and an action may wait for ever: each action has a time-out and fails at once
  when the connection is lost; a watchdog pings and drops a connection that does not answer.
- A character in UTF-8 that is split over two reads is lost: only whole messages are handed to it.
- It logs actions with the password in them: its logger is silenced.

Nothing here dials, and the one thing that it changes, an agent's pause, is the same when it is changed twice:
every action may be asked again by the caller.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType, TracebackType
from typing import Any, Self

import structlog
from panoramisk.actions import Action
from panoramisk.ami_protocol import AMIProtocol
from panoramisk.manager import Manager

from ivr.ari.backoff import backoff_delays
from ivr.errors import AmiError
from ivr.telephony.ami_queries import (
    AmiSnapshot,
    ask_channel_count,
    ask_everything,
    ask_members,
    ask_queues,
    ask_registrations,
)
from ivr.telephony.ami_values import Headers, QueueMember, QueueSummary, Registration

END_OF_MESSAGE = b"\r\n\r\n"
LARGEST_MESSAGE = 1 << 20
"""Bytes without an end of message after which the other side can't be a manager interface."""

_log = structlog.get_logger(__name__)
_silenced = logging.Logger("panoramisk, silenced", level=logging.CRITICAL + 1)  # noqa: LOG001


@dataclass(frozen=True, slots=True)
class AmiConnected:
    """The connection is up; what was known before may be stale, this is how it is."""

    snapshot: AmiSnapshot


@dataclass(frozen=True, slots=True)
class AmiDisconnected:
    """The connection is down: the state of the switch is not known until the next AmiConnected."""

    reason: str


AmiNotice = AmiConnected | AmiDisconnected


class _WholeMessages(AMIProtocol):  # type: ignore[misc]
    """Hands on only whole messages, so that no character is cut in two."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._pending = b""

    def data_received(self, data: bytes) -> None:
        whole_part, end, self._pending = (self._pending + data).rpartition(END_OF_MESSAGE)
        if end:
            super().data_received(whole_part + end)
        if len(self._pending) > LARGEST_MESSAGE:
            self.transport.abort()


class _Connection(Manager):  # type: ignore[misc]
    """One connection of panoramisk: it does not log in, ping or connect again by itself."""

    def __init__(self, action_timeout_s: float) -> None:
        super().__init__(log=_silenced, loop=asyncio.get_running_loop())
        self._action_timeout_s = action_timeout_s
        self.lost: asyncio.Future[str] = self.loop.create_future()
        self.booted = asyncio.Event()
        self.register_event("FullyBooted", lambda _manager, _event: self.booted.set())

    def ping(self) -> None:
        """Leave it to the watchdog."""

    def connection_lost(self, exc: Exception | None) -> None:
        """Take in that the other side is gone."""
        self._lose(type(exc).__name__ if exc else "closed by Asterisk")

    async def open(self, host: str, port: int) -> None:
        """Connect; raises OSError."""
        made = self.loop.create_future()
        made.set_result(await self.loop.create_connection(_WholeMessages, host, port))
        self.connection_made(made)

    def drop(self, reason: str) -> None:
        """Close it, and let everybody who waits for an answer know."""
        self._lose(reason)
        self.close()

    def _lose(self, reason: str) -> None:
        if not self.lost.done():
            self.lost.set_result(reason)

    async def ask(self, name: str, headers: Headers = MappingProxyType({})) -> tuple[Headers, ...]:
        """Send an action and return its answer, then the events of the list that it asked for.

        Raises AmiError when it is refused, or gets no answer in time or before the connection is lost.
        """
        for key, value in headers.items():
            if "\r" in key + value or "\n" in key + value:
                raise AmiError(f"{name} was not sent: {key!r} has a line break, which would add a header")
        action = Action({"Action": name, **headers})
        future: asyncio.Future[Any] = self.protocol.send(action, as_list=None)  # None: a list where it is one
        await asyncio.wait(
            {future, self.lost}, timeout=self._action_timeout_s, return_when=asyncio.FIRST_COMPLETED
        )
        if not future.done():
            self.protocol.responses.pop(action.id, None)
            why = f"the connection was lost ({self.lost.result()})" if self.lost.done() else "time is up"
            raise AmiError(f"{name} got no answer from Asterisk: {why}")
        result = future.result()
        messages = tuple(
            _headers_of(message) for message in (result if isinstance(result, list) else [result])
        )
        if messages[0].get("Response") != "Success":
            raise AmiError(f"{name} was refused: {messages[0].get('Message', 'no reason given')}")
        return messages


def _headers_of(message: Mapping[str, Any]) -> Headers:
    """Return a message's headers; of one that is there more than once the first."""
    return {key: value[0] if isinstance(value, list) else value for key, value in message.items()}


class AmiClient:
    """A connection that comes back by itself; `async with` closes it."""

    def __init__(
        self,
        host: str,
        port: int,
        user: str,
        password: str,
        *,
        action_timeout_s: float = 5.0,
        ping_every_s: float = 10.0,
        delays: Callable[[], Iterator[float]] = lambda: backoff_delays(random.Random()),
    ) -> None:
        """`action_timeout_s` is for each step by itself: connecting, logging in, each action."""
        self._host = host
        self._port = port
        self._login = {"Username": user, "Secret": password, "Events": "system"}
        self._action_timeout_s = action_timeout_s
        self._ping_every_s = ping_every_s
        self._delays = delays
        self._connection: _Connection | None = None
        self._keeper: asyncio.Task[None] | None = None
        self._listeners: set[asyncio.Queue[AmiNotice]] = set()

    def __repr__(self) -> str:
        return f"<AmiClient {self._host}:{self._port}, {'connected' if self.connected else 'not connected'}>"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @property
    def connected(self) -> bool:
        """Whether Asterisk can be asked now."""
        return self._connection is not None

    @property
    def fully_booted(self) -> bool:
        """Whether Asterisk said that all of it is up."""
        return self._connection is not None and self._connection.booted.is_set()

    @contextmanager
    def notices(self) -> Iterator[asyncio.Queue[AmiNotice]]:
        """Receive AmiConnected, with a fresh snapshot, and AmiDisconnected while the context lasts."""
        queue: asyncio.Queue[AmiNotice] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)

    async def connect(self) -> None:
        """Connect for the first time, and from then on again whenever the connection is lost.

        Raises AmiError if the first try fails: nobody there, wrong password, not fully booted in time.
        """
        connection = await self._open()
        self._keeper = asyncio.create_task(self._keep(connection), name=f"ami {self._host}:{self._port}")

    async def close(self) -> None:
        """End the connection."""
        if self._keeper is not None:
            self._keeper.cancel()
            await asyncio.gather(self._keeper, return_exceptions=True)
            self._keeper = None
        if self._connection is not None:
            self._connection.drop("closed by us")
            self._connection = None

    async def queue_summary(self) -> tuple[QueueSummary, ...]:
        """Return how each queue is doing; raises AmiError."""
        return await ask_queues(self._ask)

    async def queue_members(self) -> tuple[QueueMember, ...]:
        """Return the agents, once for each queue that they are in; raises AmiError."""
        return await ask_members(self._ask)

    async def registrations(self) -> tuple[Registration, ...]:
        """Return whether each trunk that registers is known to its carrier; raises AmiError."""
        return await ask_registrations(self._ask)

    async def channel_count(self) -> int:
        """Return how many channels there are, whoever made them; raises AmiError."""
        return await ask_channel_count(self._ask)

    async def set_pause(self, member: QueueMember, reason: str | None) -> None:
        """Pause an agent in one queue, for a reason; None: give them calls again. Raises AmiError."""
        headers = {
            "Queue": member.queue,
            "Interface": member.interface,
            "Paused": "false" if reason is None else "true",
            "Reason": reason or "",
        }
        await self._ask("QueuePause", headers)

    async def ping(self) -> None:
        """Return when Asterisk has answered; raises AmiError when it does not."""
        await self._ask("Ping")

    async def _ask(self, name: str, headers: Headers = MappingProxyType({})) -> tuple[Headers, ...]:
        if self._connection is None:
            raise AmiError(f"{name} was not sent: there is no connection to Asterisk at the moment")
        return await self._connection.ask(name, headers)

    async def _open(self) -> _Connection:
        """Connect, log in, wait until all of Asterisk is up, take stock, and tell everybody."""
        connection = _Connection(self._action_timeout_s)
        try:
            async with asyncio.timeout(self._action_timeout_s):
                await connection.open(self._host, self._port)
            await connection.ask("Login", self._login)
            async with asyncio.timeout(self._action_timeout_s):
                await connection.booted.wait()
            snapshot = await ask_everything(connection.ask)
        except BaseException as error:
            connection.drop("not usable")
            if isinstance(error, OSError | TimeoutError):
                where = f"{self._host}:{self._port}"
                raise AmiError(
                    f"no manager interface that is up at {where} ({type(error).__name__})"
                ) from None
            raise
        self._connection = connection
        _log.info("ami_connected", host=self._host, port=self._port)
        self._tell(AmiConnected(snapshot))
        return connection

    async def _keep(self, connection: _Connection) -> None:
        while True:
            reason = await self._watch(connection)
            self._connection = None
            connection.drop(reason)
            _log.error("ami_disconnected", host=self._host, port=self._port, reason=reason)
            self._tell(AmiDisconnected(reason))
            connection = await self._reopened()

    async def _watch(self, connection: _Connection) -> str:
        """Return why the connection is of no use any more."""
        while True:
            await asyncio.wait({connection.lost}, timeout=self._ping_every_s)
            if connection.lost.done():
                return connection.lost.result()
            try:
                await connection.ask("Ping")
            except AmiError as error:
                return str(error)

    async def _reopened(self) -> _Connection:
        for delay in self._delays():
            await asyncio.sleep(delay)
            try:
                return await self._open()
            except AmiError as error:
                _log.warning("ami_not_reconnected", host=self._host, port=self._port, error=str(error))
        raise AssertionError("the delays between tries to connect ended; they must not")

    def _tell(self, notice: AmiNotice) -> None:
        for queue in self._listeners:
            queue.put_nowait(notice)
