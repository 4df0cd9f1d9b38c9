"""What these tests do again and again: call somebody, wait for an event."""

from __future__ import annotations

import asyncio
import itertools
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from ivr.ari import requests
from ivr.ari.client import AriClient
from ivr.ari.dispatcher import IncomingQueue
from ivr.ari.events import StasisStart
from ivr.ari.request import Request
from ivr.ari.values import Channel
from ivr.errors import AriRefusedError
from ivr.switch.instance import Instance

APP = "ari-test"
PEOPLE = "people"
_serial = itertools.count(1)
Wanted = TypeVar("Wanted")


def client_of(instance: Instance, app: str, url: str | None = None) -> AriClient:
    connection = instance.connection()
    return AriClient(url or connection.ari_url, connection.ari_user, connection.ari_password, app)


def new_id() -> str:
    return f"ari-test-{os.getpid()}-{next(_serial)}"


async def next_of(queue: IncomingQueue, kind: type[Wanted], seconds: float = 20.0) -> Wanted:
    """Return the next item of a kind; others before it are passed over."""
    async with asyncio.timeout(seconds):
        while True:
            item = await queue.get()
            if isinstance(item, kind):
                return item


def dialling(channel_id: str, seconds: float = 20.0) -> Request[Channel]:
    return requests.originate(
        "PJSIP/+12025550123@carrier",
        APP,
        channel_id=channel_id,
        app_args=("alert",),
        ring_timeout=timedelta(seconds=seconds),
    )


@dataclass(frozen=True, slots=True)
class AnsweredCall:
    """Both ends of a call that is up."""

    ours: str
    theirs: str
    events: IncomingQueue
    """Of our end."""


@asynccontextmanager
async def ringing(ari: AriClient, people: AriClient) -> AsyncIterator[AnsweredCall]:
    """A call that has come to the far end and is not answered yet."""
    channel_id = new_id()
    with ari.events_for(channel_id) as events, people.everything() as arriving:
        await ari.send(dialling(channel_id))
        theirs = (await next_of(arriving, StasisStart)).channel.id
        yield AnsweredCall(channel_id, theirs, events)


@asynccontextmanager
async def answered(ari: AriClient, people: AriClient) -> AsyncIterator[AnsweredCall]:
    """A call that is up; it is hung up in the end."""
    async with ringing(ari, people) as call:
        await people.send(requests.answer(call.theirs))
        await next_of(call.events, StasisStart)
        try:
            yield call
        finally:
            with suppress(AriRefusedError):  # it may have ended
                await people.send(requests.hang_up(call.theirs))
