"""Who receives which event: a queue per subscriber; nothing is lost between StasisStart and subscription."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Iterator
from contextlib import contextmanager

from ivr.ari.events import AriEvent, StasisStart
from ivr.ari.notices import Incoming, Notice

IncomingQueue = asyncio.Queue[Incoming]

UNCLAIMED_CHANNELS = 256
"""Of how many new channels that nobody subscribed to yet events are kept."""
UNCLAIMED_EVENTS = 64
"""How many events of each."""


class Dispatcher:
    """Routes events to subscribers by channel id, and everything to those who want everything."""

    def __init__(self) -> None:
        self._everything: set[IncomingQueue] = set()
        self._by_channel: dict[str, set[IncomingQueue]] = {}
        self._unclaimed: OrderedDict[str, deque[AriEvent]] = OrderedDict()

    @contextmanager
    def everything(self) -> Iterator[IncomingQueue]:
        """Receive all events and notices while the context lasts."""
        queue: IncomingQueue = asyncio.Queue()
        self._everything.add(queue)
        try:
            yield queue
        finally:
            self._everything.discard(queue)

    @contextmanager
    def events_for(self, *channel_ids: str) -> Iterator[IncomingQueue]:
        """Receive the events of channels, and all notices, while the context lasts.

        Of a channel that came in by itself the queue begins with its StasisStart, even when events had
        arrived before this call.
        """
        queue: IncomingQueue = asyncio.Queue()
        for channel_id in channel_ids:
            for event in self._unclaimed.pop(channel_id, ()):
                queue.put_nowait(event)
            self._by_channel.setdefault(channel_id, set()).add(queue)
        try:
            yield queue
        finally:
            for channel_id in channel_ids:
                self._unsubscribe(channel_id, queue)

    def deliver_event(self, event: AriEvent) -> None:
        """Hand an event to everybody whom it concerns, once each."""
        receivers = set(self._everything)
        for channel_id in event.channel_ids:
            subscribers = self._by_channel.get(channel_id)
            if subscribers is None:
                self._keep(channel_id, event)
            else:
                receivers |= subscribers
        for queue in receivers:
            queue.put_nowait(event)

    def deliver_notice(self, notice: Notice) -> None:
        """Hand a notice to every subscriber."""
        for queue in self._everything.union(*self._by_channel.values()):
            queue.put_nowait(notice)

    def _unsubscribe(self, channel_id: str, queue: IncomingQueue) -> None:
        subscribers = self._by_channel[channel_id]
        subscribers.discard(queue)
        if not subscribers:
            del self._by_channel[channel_id]

    def _keep(self, channel_id: str, event: AriEvent) -> None:
        kept = self._unclaimed.get(channel_id)
        if kept is None:
            if not isinstance(event, StasisStart):
                return
            kept = self._unclaimed[channel_id] = deque(maxlen=UNCLAIMED_EVENTS)
            if len(self._unclaimed) > UNCLAIMED_CHANNELS:
                self._unclaimed.popitem(last=False)
        kept.append(event)
