"""One request and its answer over HTTP, with every way it can fail told apart."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TypeVar

import aiohttp

from ivr.ari.request import Request
from ivr.errors import AriError, AriRefusedError, AriUnavailableError

Answer = TypeVar("Answer")

KEEP_ALIVE_S = 5.0
"""Below the 15 s after which an Asterisk as it comes drops an idle connection (`session_keep_alive`), so that
a request is not sent into one that is being closed: its outcome would be unknown."""


@dataclass(frozen=True, slots=True)
class HttpExchange:
    """Sends requests through one session; a request is sent at most once."""

    session: aiohttp.ClientSession
    base_url: str
    """Ends in `/ari`."""
    timeout: aiohttp.ClientTimeout

    async def send(self, request: Request[Answer]) -> Answer:
        """Send and return the answer.

        Raises AriRefusedError when it was certainly not carried out (an HTTP error, or no connection came
        about) and AriUnavailableError when nobody knows.
        """
        try:
            status, body = await self._exchange(request)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            raise AriRefusedError(
                None, f"{request.operation} was not sent: no connection to Asterisk at {self.base_url}"
            ) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise AriUnavailableError(
                f"{request.operation} got no answer from Asterisk ({type(error).__name__}); whether it was "
                "carried out is unknown"
            ) from None
        if status >= 300:
            raise AriRefusedError(status, f"{request.operation} was refused: {_complaint(body)}")
        return request.read(_decoded(request.operation, body))

    async def _exchange(self, request: Request[Answer]) -> tuple[int, bytes]:
        in_body = request.method in ("POST", "PUT") and bool(request.params)
        async with self.session.request(
            request.method,
            self.base_url + request.path,
            data=json.dumps(request.params).encode() if in_body else None,
            headers={"Content-Type": "application/json"} if in_body else None,
            params=None if in_body else {name: str(value) for name, value in request.params.items()},
            timeout=self.timeout,
            allow_redirects=False,
        ) as response:
            return response.status, await response.read()


def _decoded(operation: str, body: bytes) -> object:
    if not body:
        return None
    try:
        decoded: object = json.loads(body)
    except ValueError:
        raise AriError(f"Asterisk answered {operation} with something that is no JSON") from None
    return decoded


def _complaint(body: bytes) -> str:
    try:
        decoded = json.loads(body)
    except ValueError:
        return "no reason given"
    if isinstance(decoded, dict):
        return str(decoded.get("message") or decoded.get("error") or "no reason given")
    return "no reason given"
