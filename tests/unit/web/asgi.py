"""Asks an application with no network between, so that what no HTTP client would send reaches it, too.

Hypothesis runs in a thread of its own and hands each request to the event loop in which the application
lives: see `hands_in`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import unquote

T = TypeVar("T")

HandIn = Callable[[Awaitable[T]], T]
Headers = Sequence[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    """By name in small letters."""
    body: bytes

    @property
    def text(self) -> str:
        """The body in UTF-8."""
        return self.body.decode()


async def ask(
    app: Any,
    method: str,
    path: str,
    *,
    query: bytes = b"",
    headers: Headers = (),
    body: Sequence[bytes] = (b"",),
    address: str = "203.0.113.7",
) -> Answered:
    """Send one request, its body in these pieces; raises what the application does not handle."""
    pieces = [
        {"type": "http.request", "body": piece, "more_body": number < len(body)}
        for number, piece in enumerate(body, 1)
    ]
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        if pieces:
            return pieces.pop(0)
        await asyncio.Event().wait()  # whoever asks stays until the answer is whole
        raise AssertionError

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(path),
        "raw_path": path.encode("ascii", "replace"),
        "query_string": query,
        "root_path": "",
        "headers": list(headers),
        "client": (address, 40_000),
        "server": ("127.0.0.1", 8060),
        "state": {},
    }
    await app(scope, receive, send)
    [start] = [each for each in sent if each["type"] == "http.response.start"]
    told = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in start["headers"]}
    whole = b"".join(each.get("body", b"") for each in sent if each["type"] == "http.response.body")
    return Answered(start["status"], told, whole)


async def hands_in(examples: Callable[[HandIn[Any]], None]) -> None:
    """Run `examples` in a thread; what it calls runs what can be awaited in this loop, to its end."""
    loop = asyncio.get_running_loop()

    def hand_in(awaited: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(awaited, loop).result(60)

    await asyncio.to_thread(examples, hand_in)
