"""Who follows which call: one task a call, that feeds it its events until it is over."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import structlog

from ivr.ari.client import AriClient
from ivr.ari.dispatcher import IncomingQueue
from ivr.ari.events import AriEvent
from ivr.ari.notices import Connected
from ivr.ari.values import Channel
from ivr.clock import Clock
from ivr.errors import AriError
from ivr.telephony.ari_call import AriCall

SILENCE_S = 300.0
"""After so long without any event the switch is asked whether the call still lives."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Listening:
    """A subscription to a call's events."""

    events: IncomingQueue
    subscription: ExitStack


class Followers:
    """The calls that somebody follows; when a call is over nothing is left of it here."""

    def __init__(self, client: AriClient, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self._call_ids: set[str] = set()
        self._calls: dict[str, AriCall] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def __contains__(self, call_id: str) -> bool:
        return call_id in self._call_ids

    @contextmanager
    def listening(self, call_id: str) -> Iterator[Listening]:
        """Keep a call's events from before it exists, until the context ends or `follow` takes them over."""
        with ExitStack() as subscription:
            self._call_ids.add(call_id)
            subscription.callback(self._call_ids.discard, call_id)
            events = subscription.enter_context(self._client.events_for(call_id))
            yield Listening(events, subscription)

    def follow(self, call: AriCall, listening: Listening) -> None:
        """Feed `call` from now on, beginning with what was kept."""
        subscription = listening.subscription.pop_all()
        self._calls[call.call_id] = call
        subscription.callback(self._calls.pop, call.call_id, None)
        task = asyncio.create_task(self._follow(call, listening.events), name=f"call {call.call_id}")
        self._tasks.add(task)
        subscription.callback(self._tasks.discard, task)
        # Not a `with` in the task: one that is cancelled before it began would leave the subscription behind.
        task.add_done_callback(lambda _: subscription.close())

    @property
    def calls(self) -> tuple[AriCall, ...]:
        """The calls that are followed now."""
        return tuple(self._calls.values())

    async def close(self) -> None:
        """Follow nobody any more; the calls stay up on the switch, for the next engine to adopt."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _follow(self, call: AriCall, events: IncomingQueue) -> None:
        while not call.is_over:
            try:
                await self._feed_next(call, events)
            except Exception:  # noqa: BLE001  (it is logged with its traceback)
                # A fault costs the one event it came with, never the call and never another call.
                _log.exception("call_event_failed", call_id=call.call_id)

    async def _feed_next(self, call: AriCall, events: IncomingQueue) -> None:
        try:
            async with asyncio.timeout(SILENCE_S):
                incoming = await events.get()
        except TimeoutError:
            await self._look_again(call)
            return
        if isinstance(incoming, AriEvent):
            call.track.take(incoming)
        elif isinstance(incoming, Connected):
            await self._look_again(call, incoming.channels)

    async def _look_again(self, call: AriCall, live: Sequence[Channel] = ()) -> None:
        """Find out about a call whose events may have been lost; one that is in `live` was just seen."""
        seen = next((channel for channel in live if channel.id == call.call_id), None)
        try:
            await call.look_again(seen, self._clock())
        except AriError as error:
            _log.warning("call_not_seen", call_id=call.call_id, error=str(error))
