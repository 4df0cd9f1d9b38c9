"""A SIP endpoint that refuses every call in words of its own.

Asterisk can send any final status (`PJSIPHangup`), but only with the standard reason phrase and no header of
ours. What tells 603+ from an ordinary 603 is just that: the phrase `Network Blocked` and a Reason header with
`v=analytics1` (ATIS-1000099). So the carrier redirects such calls here (302), and this endpoint answers.
It speaks just as much SIP as that takes: UDP, INVITE, ACK, OPTIONS, and nothing that needs a memory.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from types import TracebackType
from typing import Self

ANALYTICS_STATUS = 603
ANALYTICS_PHRASE = "Network Blocked"
ANALYTICS_REASON = 'Q.850;cause=21;text="v=analytics1;url=https://redress.carrier.example;location=network"'


@dataclass(frozen=True, slots=True)
class Refusal:
    """A final answer."""

    status: int
    phrase: str
    reason: str
    """Content of the Reason header (RFC 3326)."""


BY_ANALYTICS = Refusal(ANALYTICS_STATUS, ANALYTICS_PHRASE, ANALYTICS_REASON)


def answer_request(datagram: bytes, refusal: Refusal) -> bytes | None:
    """Return the response to a SIP request, or None where none is due (an ACK, a response, no SIP)."""
    head = datagram.partition(b"\r\n\r\n")[0].decode("utf-8", "replace").split("\r\n")
    method, _, rest = head[0].partition(" ")
    if not rest.endswith(" SIP/2.0") or method == "ACK":
        return None
    status_line = "SIP/2.0 200 OK"
    if method == "INVITE":
        status_line = f"SIP/2.0 {refusal.status} {refusal.phrase}"
    lines = [status_line, *(_copied(line) for line in head[1:] if _is_copied(line))]
    if method == "INVITE":
        lines.append(f"Reason: {refusal.reason}")
    return "\r\n".join([*lines, "Content-Length: 0", "", ""]).encode()


def _is_copied(line: str) -> bool:
    """Tell whether a response repeats this header (RFC 3261, 8.2.6.2); short forms included."""
    name = line.partition(":")[0].strip().lower()
    return name in {"via", "v", "from", "f", "to", "t", "call-id", "i", "cseq"}


def _copied(line: str) -> str:
    name = line.partition(":")[0].strip().lower()
    return f"{line};tag=refused" if name in {"to", "t"} and ";tag=" not in line else line


class _Protocol(asyncio.DatagramProtocol):
    def __init__(self, refusal: Refusal) -> None:
        self._refusal = refusal
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.DatagramTransport) -> None:  # type: ignore[override]
        self._transport = transport

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        response = answer_request(data, self._refusal)
        if response is not None and self._transport is not None:
            self._transport.sendto(response, addr)


class SipRefuser:
    """Listens on a free loopback port while the context lasts."""

    def __init__(self, refusal: Refusal = BY_ANALYTICS) -> None:
        self._refusal = refusal
        self._transport: asyncio.DatagramTransport | None = None

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        self._transport, _ = await loop.create_datagram_endpoint(
            lambda: _Protocol(self._refusal), local_addr=("127.0.0.1", 0)
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._transport is not None:
            self._transport.close()
            self._transport = None

    def contact(self, number: str) -> str:
        """Return the SIP URI at which `number` is refused."""
        if self._transport is None:
            raise RuntimeError("the refuser is not listening")
        host, port = self._transport.get_extra_info("sockname")[:2]
        return f"sip:{number}@{host}:{port}"
