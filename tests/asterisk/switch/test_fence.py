from __future__ import annotations

import json

import aiohttp
import pytest

from ivr.errors import FencedError
from ivr.switch.fence import fence
from tests.asterisk.switch.ari_session import ari_session
from tests.asterisk.switch.conftest import Pair

pytestmark = pytest.mark.asterisk
CLOSED = {
    aiohttp.WSMsgType.CLOSE,
    aiohttp.WSMsgType.CLOSED,
    aiohttp.WSMsgType.CLOSING,
    aiohttp.WSMsgType.ERROR,
}


async def test_an_engine_that_wakes_up_after_its_successor_came_cannot_dial(pair: Pair) -> None:
    async with ari_session(pair.engine.connection(), "engine") as old:
        assert (await old.request("GET", "asterisk/info"))[0] == 200
        owned = fence(pair.engine, 1)
        assert (await old.request("POST", "channels", endpoint="Local/s@engine-away", app="engine"))[0] == 401
        assert old.socket is not None
        message = await old.socket.receive(timeout=10)
        assert message.type in CLOSED
        async with ari_session(owned.connection(), "engine") as new:
            assert (await new.request("GET", "channels")) == (200, [])
    with pytest.raises(FencedError):
        fence(pair.engine, 0)


async def test_a_web_socket_that_was_open_carries_no_more_requests(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old socket is shut at the fence; even if it were not, its requests are refused."""
    monkeypatch.setattr("ivr.switch.fence.SHUT_SOCKETS", "core show version")
    first = fence(pair.engine, 2)
    async with ari_session(first.connection(), "engine") as old:
        fence(first, 3)
        assert old.socket is not None
        request = {"type": "RESTRequest", "request_id": "1", "method": "POST"}
        await old.socket.send_str(
            json.dumps(request | {"uri": "channels?endpoint=Local/s@engine-away&app=engine"})
        )
        assert (await old.event("RESTResponse"))["status_code"] == 401
