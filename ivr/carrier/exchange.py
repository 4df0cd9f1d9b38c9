"""What all lines of a town share."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from ivr.ari.client import AriClient
from ivr.carrier.ears import Ears
from ivr.carrier.log_entry import LogEntry, What
from ivr.carrier.sip_refuser import SipRefuser
from ivr.carrier.town_log import TownLog
from ivr.clock import Clock
from ivr.errors import CarrierError


@dataclass(slots=True)
class Exchange:
    """The carrier's Asterisk as the people use it."""

    client: AriClient
    log: TownLog
    clock: Clock
    tones: Path
    """Folder of `ivr.carrier.tones.write_tones`, seen by the carrier's Asterisk under the same path."""
    recordings: Path
    """Where the carrier's Asterisk puts what is recorded."""
    refuser: SipRefuser
    ears: Ears | None
    """None: nobody understands words, and a person who waits for a phrase is an error."""
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def note(self, number: str, line: str, what: What, **details: str) -> None:
        """Write down what happened just now."""
        self.log.write(LogEntry(self.clock(), number, line, what, details))
        self._news.set()
        self._news = asyncio.Event()

    async def until(self, holds: Callable[[], bool], within: timedelta, wanted: str) -> None:
        """Return when `holds` is true of the log; raises CarrierError, telling `wanted`, if it is not."""
        try:
            async with asyncio.timeout(within.total_seconds()):
                while not holds():
                    await self._news.wait()
        except TimeoutError:
            raise CarrierError(f"{wanted} did not happen within {within.total_seconds():g} s") from None

    def recording_file(self, name: str) -> Path:
        """Return where a recording of this name lands."""
        return self.recordings / f"{name}.wav"

    def media_uri(self, sound: str) -> str:
        """Return a sound's name as ARI wants it."""
        return f"sound:{self.tones / sound}" if sound.startswith("tone/") else f"sound:{sound}"
