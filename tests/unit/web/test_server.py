"""The API is served beside the engine, and a port that is taken is told."""

from __future__ import annotations

import signal
import socket

import pytest
from aiohttp import ClientSession
from fastapi import FastAPI

from ivr.errors import UsageError
from ivr.web.server import serving


async def test_it_answers_while_the_context_lasts_and_leaves_signals_alone() -> None:
    before = signal.getsignal(signal.SIGTERM)
    async with serving(FastAPI(), "127.0.0.1", 0) as url, ClientSession() as session:
        async with session.get(url) as answer:
            assert answer.status == 404
            assert "server" not in {name.lower() for name in answer.headers}
        assert signal.getsignal(signal.SIGTERM) is before
    port = int(url.rpartition(":")[2])
    with socket.socket() as there:
        assert there.connect_ex(("127.0.0.1", port)) != 0


async def test_a_port_that_is_taken_is_told_with_what_to_do() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=f"127.0.0.1:{port} .*; choose another port in \\[web\\]"):
            async with serving(FastAPI(), "127.0.0.1", port):
                pass
