"""What happened on a call and was not asked for yet, in order."""

from __future__ import annotations

import asyncio
from collections import deque

from ivr.engine.telephony import AgentTook, SpeechBroke
from ivr.flows.events import FlowEvent, HungUp, SpeechEnded, TimedOut

Kept = FlowEvent | SpeechBroke | AgentTook


class Inbox:
    """Keeps a call's events until somebody waits for them; nothing that was kept is lost by a time-out.

    One reader at a time.
    """

    def __init__(self) -> None:
        self._kept: deque[Kept] = deque()
        self._over = False
        self._stirred = asyncio.Event()

    def put(self, event: Kept) -> None:
        """Keep `event`."""
        self._kept.append(event)
        self._stirred.set()

    def forget_speech(self, say_id: int) -> None:
        """Drop the end of a speech that nobody has read yet."""
        self._kept = deque(event for event in self._kept if not _ends(event, say_id))

    def close(self) -> None:
        """The call is over: after what is kept there is nothing but HungUp, for ever."""
        self._over = True
        self._stirred.set()

    async def next(self, within: float | None) -> Kept:
        """Return the oldest event, or TimedOut when none came `within` seconds."""
        try:
            async with asyncio.timeout(within):
                while not self._kept and not self._over:
                    self._stirred.clear()
                    await self._stirred.wait()
        except TimeoutError:
            return TimedOut()
        return self._kept.popleft() if self._kept else HungUp()


def _ends(event: Kept, say_id: int) -> bool:
    return isinstance(event, SpeechEnded | SpeechBroke) and event.say_id == say_id
