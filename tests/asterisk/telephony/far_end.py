"""The telephone network's side of the driver's tests: what a number does is a few lines over its own ARI."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from ivr.ari import requests
from ivr.ari.client import AriClient
from ivr.ari.dispatcher import IncomingQueue
from ivr.ari.events import ChannelDestroyed, ChannelDtmfReceived, StasisEnd, StasisStart
from ivr.engine.telephony import CallOrder
from ivr.errors import AriError
from ivr.phone_number import PhoneNumber
from ivr.telephony.ari_call import AriCall
from ivr.telephony.ari_telephony import AriTelephony
from tests.asterisk_pair import Place


@dataclass
class Phone:
    """One telephone that rings, or that calls us."""

    client: AriClient
    channel_id: str
    attempt_id: str
    """What the INVITE said in X-Attempt-Id."""
    events: IncomingQueue

    async def ring(self) -> None:
        await self.client.send(requests.ring(self.channel_id))

    async def answer(self) -> None:
        await self.client.send(requests.answer(self.channel_id))

    async def play(self, *sounds: str) -> None:
        """Play; before the answer that is early media."""
        media = [f"sound:{sound}" for sound in sounds]
        await self.client.send(requests.play(self.channel_id, media, playback_id=f"{self.channel_id}.play"))

    async def press(self, keys: str) -> None:
        await self.client.send(requests.send_dtmf(self.channel_id, keys, before=timedelta(milliseconds=100)))

    async def hears(self, key: str) -> None:
        """Return once the other side has pressed a key; what comes before is passed over."""
        while True:
            event = await self.events.get()
            if isinstance(event, ChannelDtmfReceived) and event.digit == key:
                return

    async def hang_up(self, cause: int = 16) -> None:
        await self.client.send(requests.hang_up(self.channel_id, cause))

    async def until_gone(self) -> None:
        while not isinstance(await self.events.get(), StasisEnd | ChannelDestroyed):
            pass


Script = Callable[[Phone], Awaitable[None]]


class FarEnd:
    """Runs the script of whatever number rings; a number without one stays silent and unanswered."""

    def __init__(self, client: AriClient) -> None:
        self.client = client
        self.scripts: dict[str, Script] = {}
        self.phones: dict[str, Phone] = {}
        """By the number that rang last."""

    async def serve(self) -> None:
        with self.client.everything() as everything:
            async with asyncio.TaskGroup() as scripts:
                while True:
                    event = await everything.get()
                    if isinstance(event, StasisStart):
                        scripts.create_task(self._run(event))

    async def _run(self, event: StasisStart) -> None:
        number, attempt_id, *_ = (*event.args, "", "")
        with self.client.events_for(event.channel.id) as events:
            phone = self.phones[number] = Phone(self.client, event.channel.id, attempt_id, events)
            script = self.scripts.get(number)
            try:
                if script is not None:
                    await script(phone)
                await phone.until_gone()
            except AriError:
                pass  # the other side hung up in the middle of the script


@dataclass
class Numbers:
    """Gives every test numbers of its own."""

    far_end: FarEnd
    place: Place
    serials: Iterator[int]

    def order(self, script: Script | None, *, ring: float = 10, longest: float = 60) -> CallOrder:
        """Return an order for a number that does what `script` says (None: it stays silent)."""
        number = PhoneNumber(self.place.number(next(self.serials) % 100))
        if script is not None:
            self.far_end.scripts[number] = script
        return CallOrder(str(uuid4()), number, "carrier", PhoneNumber("+18005550199"), ring, longest)


async def picks_up(phone: Phone) -> None:
    await phone.answer()


async def rings_and_picks_up(phone: Phone) -> None:
    await phone.ring()
    await asyncio.sleep(0.3)
    await phone.answer()


async def answered(
    telephony: AriTelephony, numbers: Numbers, script: Script = picks_up
) -> tuple[AriCall, Phone]:
    """Call somebody who picks up; return our side and theirs."""
    order = numbers.order(script)
    call = await telephony.place(order)
    assert await call.wait_for_answer() is not None
    return call, numbers.far_end.phones[order.number]
