"""The door: nobody gets in without a token, before anything else of a request is looked at."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus

import structlog
from fastapi import HTTPException, Request
from fastapi.responses import JSONResponse
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from ivr.web.access import Action, ApiClient, client_by_token
from ivr.web.problems import problem

log = structlog.get_logger()

MOST_BYTES = 65_536
"""Of a request's body."""


class Door:
    """Lets those in who have a token, and notes who they are."""

    def __init__(self, app: ASGIApp, clients: Sequence[ApiClient]) -> None:
        self._app = app
        self._clients = tuple(clients)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request in, or answer it here."""
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)
        client = client_by_token(self._clients, headers.get("authorization", ""))
        refusal = _unknown(scope) if client is None else _too_much(headers)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        scope.setdefault("state", {})["client"] = client
        await self._app(scope, receive, send)


def _unknown(scope: Scope) -> JSONResponse:
    # Neither the token nor what was asked for: both are the stranger's own words.
    log.warning("somebody without a valid token asked the API", address=(scope.get("client") or ("",))[0])
    told = "Send the token that you were given as `Authorization: Bearer …`."
    return problem(HTTPStatus.UNAUTHORIZED, told, headers={"WWW-Authenticate": "Bearer"})


def _too_much(headers: Headers) -> JSONResponse | None:
    length = headers.get("content-length")
    if length is None and "transfer-encoding" in headers:
        return problem(HTTPStatus.LENGTH_REQUIRED, "Say how long the body is: send Content-Length.")
    if length is not None and not _is_little(length):
        told = f"A body has at most {MOST_BYTES} bytes."
        return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, told)
    return None


def _is_little(length: str) -> bool:
    # What has many digits is no number for Python, which is right: nobody sends so much.
    digits = length.lstrip("0")
    return length.isdecimal() and len(digits) <= len(str(MOST_BYTES)) and int(digits or 0) <= MOST_BYTES


def allowed(action: Action) -> Callable[[Request], Awaitable[ApiClient]]:
    """Return the guard of a route: it gives the client who asks, if that client may."""

    async def guard(request: Request) -> ApiClient:
        client: ApiClient = request.state.client
        if not client.may(action):
            log.warning("a client asked for what it may not", client=client.name, action=action.value)
            told = f"The roles of {client.name} do not allow {action.value}."
            raise HTTPException(HTTPStatus.FORBIDDEN, told)
        return client

    return guard
