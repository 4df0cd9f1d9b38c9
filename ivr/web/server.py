"""Serve an application beside everything else that this process does."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import structlog
import uvicorn
from starlette.types import ASGIApp

from ivr.errors import UsageError

log = structlog.get_logger()

MOST_AT_ONCE = 64
"""Requests; beyond it they are told to come again, so that calls never wait for the web."""
GRACE_SECONDS = 3
"""How long open requests may take when the server stops."""


class _Server(uvicorn.Server):
    """Leaves signals to whoever runs the process."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def serving(app: ASGIApp, address: str, port: int) -> AsyncIterator[str]:
    """Serve while the context lasts; gives where. Port 0 is any free one.

    Raises UsageError when nobody can listen there.
    """
    with _listening(address, port) as listener:
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,  # its lines hold whatever strangers ask for
            server_header=False,
            # A web server with TLS on this machine passes requests on: only it says from where they come.
            proxy_headers=True,
            forwarded_allow_ips=["127.0.0.1", "::1"],
            lifespan="off",
            ws="none",
            limit_concurrency=MOST_AT_ONCE,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
        server = _Server(config)
        task = asyncio.create_task(server.serve([listener]), name="web")
        task.add_done_callback(_tell_end)
        url = f"http://{address}:{listener.getsockname()[1]}"
        log.info("the API is served", url=url)
        try:
            yield url
        finally:
            server.should_exit = True
            await asyncio.gather(task, return_exceptions=True)


@contextmanager
def _listening(address: str, port: int) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((address, port))
        except OSError as error:
            raise UsageError(
                f"The API can't be served at {address}:{port} ({error.strerror}); "
                "choose another port in [web], or end what has this one."
            ) from None
        listener.listen(128)
        yield listener


def _tell_end(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("the API is served no more", error=repr(error))
