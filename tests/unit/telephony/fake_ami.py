"""A manager interface that misbehaves on purpose: for faults that a real Asterisk can't be made to show."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager

OPENING_WORDS = "open-sesame"
GREETING = b"Asterisk Call Manager/11.0.0\r\n"
Answer = Callable[[Mapping[str, str]], bytes]


def message(*lines: str) -> bytes:
    return "".join(f"{line}\r\n" for line in (*lines, "")).encode()


def listed(action: Mapping[str, str], complete: str, *events: tuple[str, ...]) -> bytes:
    """An answer that is a list of events, as Asterisk 22 sends it."""
    tag = f"ActionID: {action['ActionID']}"
    return b"".join(
        (
            message("Response: Success", tag, "EventList: start", "Message: It will follow"),
            *(message(*event, tag) for event in events),
            message(f"Event: {complete}", tag, "EventList: Complete", f"ListItems: {len(events)}"),
        )
    )


def success(action: Mapping[str, str], *lines: str) -> bytes:
    return message("Response: Success", f"ActionID: {action['ActionID']}", *lines)


def _login(action: Mapping[str, str]) -> bytes:
    if action["Secret"] != OPENING_WORDS:
        return message("Response: Error", f"ActionID: {action['ActionID']}", "Message: Authentication failed")
    booted = message("Event: FullyBooted", "Privilege: system,all", "Status: Fully Booted")
    return success(action, "Message: Authentication accepted") + booted


def _queue_summary(action: Mapping[str, str]) -> bytes:
    event = ("Event: QueueSummary", "Queue: support", "LoggedIn: 0", "Available: 0", "Callers: 0")
    times = ("HoldTime: 0", "TalkTime: 0", "LongestHoldTime: 0")
    return listed(action, "QueueSummaryComplete", (*event, *times))


def _queue_status(action: Mapping[str, str]) -> bytes:
    parameters = ("Event: QueueParams", "Queue: support", "Strategy: ringall")
    member = ("Event: QueueMember", "Queue: support", "Name: PJSIP/alice", "Location: PJSIP/alice")
    state = ("CallsTaken: 0", "InCall: 0", "Status: 5", "Paused: 0", "PausedReason: ")
    return listed(action, "QueueStatusComplete", parameters, (*member, *state))


class FakeAmi:
    """Answers as Asterisk 22 does, until a test says otherwise."""

    def __init__(self) -> None:
        self.port = 0
        self.received: list[Mapping[str, str]] = []
        self.answers: dict[str, Answer] = {
            "Login": _login,
            "QueueSummary": _queue_summary,
            "QueueStatus": _queue_status,
            "PJSIPShowRegistrationsOutbound": lambda action: listed(
                action, "OutboundRegistrationDetailComplete"
            ),
            "CoreStatus": lambda action: success(action, "CoreCurrentCalls: 0"),
            "Ping": lambda action: success(action, "Ping: Pong"),
        }
        self.chunk_bytes = 65536
        """An answer is sent in pieces of this size, each a read of its own at the other side."""
        self.arrived = asyncio.Event()
        """Set by each action that gets no answer."""
        self._writers: set[asyncio.StreamWriter] = set()

    def count(self, action: str) -> int:
        return sum(received["Action"] == action for received in self.received)

    def silence(self, action: str) -> None:
        """Answer this action no more."""
        self.answers.pop(action)

    def drop(self) -> None:
        for writer in self._writers:
            writer.transport.abort()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            writer.write(GREETING)
            while True:
                raw = await reader.readuntil(b"\r\n\r\n")
                action = dict(line.split(": ", 1) for line in raw.decode().strip().split("\r\n"))
                self.received.append(action)
                if action["Action"] in self.answers:
                    await self._send(writer, self.answers[action["Action"]](action))
                else:
                    self.arrived.set()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self._writers.discard(writer)
            writer.close()

    async def _send(self, writer: asyncio.StreamWriter, answer: bytes) -> None:
        for begin in range(0, len(answer), self.chunk_bytes):
            writer.write(answer[begin : begin + self.chunk_bytes])
            await writer.drain()
            if self.chunk_bytes < len(answer):
                await asyncio.sleep(0.001)


@asynccontextmanager
async def running_fake_ami() -> AsyncIterator[FakeAmi]:
    fake = FakeAmi()
    tasks: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tasks.add(asyncio.create_task(fake.serve(reader, writer)))

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    fake.port = server.sockets[0].getsockname()[1]
    try:
        yield fake
    finally:
        server.close()
        fake.drop()
        await asyncio.gather(*tasks, return_exceptions=True)
        await server.wait_closed()
