"""The engine's side of a call without an engine: originate, look, listen, play, hang up."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType

from ivr.ari import requests
from ivr.ari.client import AriClient
from ivr.ari.dispatcher import IncomingQueue
from ivr.ari.events import (
    AriEvent,
    ChannelDestroyed,
    ChannelDtmfReceived,
    Dial,
    PlaybackContinuing,
    PlaybackFinished,
    StasisStart,
)
from ivr.ari.values import PlaybackState
from ivr.errors import AriRefusedError

CALLER_ID = "+18005550199"


@dataclass
class EngineCall:
    """One call as the engine's Asterisk tells of it."""

    client: AriClient
    id: str
    queue: IncomingQueue
    seen: list[AriEvent] = field(default_factory=list)

    async def until(self, wanted: Callable[[AriEvent], bool], seconds: float = 20.0) -> AriEvent:
        async with asyncio.timeout(seconds):
            while True:
                event = await self.queue.get()
                if isinstance(event, AriEvent):
                    self.seen.append(event)
                    if wanted(event):
                        return event

    async def answered(self) -> None:
        await self.until(lambda e: isinstance(e, StasisStart))

    async def ended(self, seconds: float = 20.0) -> ChannelDestroyed:
        event = await self.until(lambda e: isinstance(e, ChannelDestroyed), seconds)
        assert isinstance(event, ChannelDestroyed)
        return event

    async def key(self) -> str:
        event = await self.until(lambda e: isinstance(e, ChannelDtmfReceived))
        assert isinstance(event, ChannelDtmfReceived)
        return event.digit

    async def keys(self, count: int) -> str:
        return "".join([await self.key() for _ in range(count)])

    async def play(self, *sounds: str) -> None:
        """Start to play; `played` waits for the end."""
        await self.client.send(
            requests.play(self.id, [f"sound:{sound}" for sound in sounds], playback_id=str(uuid.uuid4()))
        )

    async def played(self) -> None:
        event = await self.until(lambda e: isinstance(e, PlaybackFinished))
        assert isinstance(event, PlaybackFinished)
        assert event.playback.state is PlaybackState.DONE

    async def played_next(self) -> None:
        """Wait until the second sound of a list can be heard."""
        await self.until(lambda e: isinstance(e, PlaybackContinuing))

    async def answer(self) -> None:
        await self.client.send(requests.answer(self.id))

    async def hang_up(self) -> None:
        await self.client.send(requests.hang_up(self.id))

    @property
    def was_answered(self) -> bool:
        return any(isinstance(event, StasisStart) for event in self.seen)

    @property
    def progress(self) -> list[str]:
        """The words of the Dial events, without the empty one at the beginning."""
        return [event.status for event in self.seen if isinstance(event, Dial) and event.status]


@dataclass
class BareEngine:
    """Places calls through the trunk."""

    client: AriClient

    @asynccontextmanager
    async def dial(
        self, number: str, *, patience_s: int = 20, variables: Mapping[str, str] = MappingProxyType({})
    ) -> AsyncIterator[EngineCall]:
        call_id = str(uuid.uuid4())
        with self.client.events_for(call_id) as queue:
            call = EngineCall(self.client, call_id, queue)
            await self.client.send(
                requests.originate(
                    f"PJSIP/{number}@carrier",
                    self.client.app,
                    channel_id=call_id,
                    caller_id=CALLER_ID,
                    ring_timeout=timedelta(seconds=patience_s),
                    variables={"PJSIP_HEADER(add,X-Attempt-Id)": call_id, **variables},
                )
            )
            try:
                yield call
            finally:
                with suppress(AriRefusedError):  # it is over already
                    await call.hang_up()
