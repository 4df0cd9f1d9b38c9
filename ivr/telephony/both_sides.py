"""Record both sides of a call: on a snoop of it, so that nothing on the call waits behind the recording."""

from __future__ import annotations

import asyncio

from ivr.ari import requests
from ivr.ari.client import AriClient
from ivr.ari.events import StasisStart
from ivr.ari.request import Request
from ivr.errors import AriRefusedError, AriUnavailableError

ENTERS_WITHIN = 5.0
"""Seconds in which a snoop has to be in our application."""


async def record_both_sides(client: AriClient, call_id: str, name: str) -> None:
    """Record a call as `name`, or let a recording of this name go on; raises AriError."""
    if await _is_there(client, requests.get_recording(name)):
        return
    snoop_id = f"recording-{name}"
    if not await _is_there(client, requests.get_channel(snoop_id)):
        await _snoop(client, call_id, snoop_id)
    await client.send(requests.record(snoop_id, name))


async def has_ended(client: AriClient, name: str) -> bool:
    """Ask a recording to end; return whether it has, and its file is whole. Raises AriError."""
    return not await _is_there(client, requests.stop_recording(name))


async def _snoop(client: AriClient, call_id: str, snoop_id: str) -> None:
    with client.events_for(snoop_id) as events:
        await client.send(requests.snoop(call_id, client.app, snoop_id=snoop_id, spy="both"))
        try:
            async with asyncio.timeout(ENTERS_WITHIN):
                while not isinstance(await events.get(), StasisStart):
                    pass
        except TimeoutError:
            raise AriUnavailableError(f"the snoop {snoop_id} did not come into our application") from None


async def _is_there(client: AriClient, request: Request[object]) -> bool:
    try:
        await client.send(request)
    except AriRefusedError as error:
        if error.status != 404:
            raise
        return False
    return True
