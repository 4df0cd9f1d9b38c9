"""Tells the people the words of what is played to them, as seen at the engine's Asterisk.

It is a witness apart from the engine: an ARI application of its own that is told about every channel. The
words are in a text file beside each sound file of the speech cache; a sound without one counts as its own
name (`beep`).
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import Self

import structlog

from ivr.ari import requests
from ivr.ari.client import AriClient
from ivr.ari.events import ChannelDestroyed, PlaybackFinished, PlaybackStarted
from ivr.ari.notices import Connected, Incoming
from ivr.errors import AriError, AriRefusedError

_log = structlog.get_logger(__name__)

EVERY_CHANNEL = "channel:"


@dataclass(slots=True)
class Transcript:
    """The words that were played on one call."""

    texts: list[str] = field(default_factory=list)
    over: int = 0
    """How many of the texts are not being played any more."""
    _taken: int = 0
    """How many of the texts belong to phrases that were found."""

    @property
    def is_found_one_over(self) -> bool:
        """Whether the last text of the last phrase that was found is not being played any more."""
        return self.over >= self._taken

    def begins(self, text: str) -> None:
        """Take the next text, before which all others are over: they are played one after the other."""
        self.over = len(self.texts)
        self.texts.append(text)

    def falls_silent(self) -> None:
        """Nothing is being played any more."""
        self.over = len(self.texts)

    def take(self, phrase: str) -> bool:
        """Tell whether `phrase` was played since the last phrase that was found, and step over it."""
        wanted = _plain(phrase)
        for end in range(self._taken + 1, len(self.texts) + 1):
            if wanted in _plain(" ".join(self.texts[self._taken : end])):
                self._taken = end
                return True
        return False

    def skip(self) -> None:
        """Step over everything that was played."""
        self._taken = len(self.texts)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def words_of(media_uri: str) -> str:
    """Return the words on a `sound:` URI's file; where nobody wrote them down, the file's name."""
    path = Path(media_uri.partition(":")[2])
    try:
        return path.with_name(f"{path.name}.txt").read_text("utf-8")
    except OSError:
        return path.name


class PromptListener:
    """Listens while the context lasts; `client`, connected to the engine's Asterisk, is this one's alone."""

    def __init__(self, client: AriClient) -> None:
        self._client = client
        self._transcripts: defaultdict[str, Transcript] = defaultdict(Transcript)
        self._sip_call_ids: dict[str, str] = {}
        self._news = asyncio.Event()
        self._reader: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await self._client.send(requests.subscribe(self._client.app, [EVERY_CHANNEL]))
        ready = asyncio.Event()
        self._reader = asyncio.create_task(self._read(ready), name="prompt listener")
        await ready.wait()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._reader is not None:
            self._reader.cancel()
            await asyncio.gather(self._reader, return_exceptions=True)

    def skip(self, sip_call_id: str) -> None:
        """See `ivr.carrier.ears.Ears`."""
        self._transcripts[sip_call_id].skip()

    async def phrase(self, sip_call_id: str, phrase: str) -> None:
        """See `ivr.carrier.ears.Ears`."""
        while not self._transcripts[sip_call_id].take(phrase):
            await self._news.wait()

    async def phrase_end(self, sip_call_id: str) -> None:
        """See `ivr.carrier.ears.Ears`."""
        while not self._transcripts[sip_call_id].is_found_one_over:
            await self._news.wait()

    def played(self, sip_call_id: str) -> tuple[str, ...]:
        """Return the words of everything that was played on a call so far."""
        return tuple(self._transcripts[sip_call_id].texts)

    async def _read(self, ready: asyncio.Event) -> None:
        with self._client.everything() as incoming:
            ready.set()
            while True:
                try:
                    await self._take(await incoming.get())
                except AriError as error:
                    _log.warning("prompt_not_heard", error=str(error))

    async def _take(self, incoming: Incoming) -> None:
        match incoming:
            case PlaybackStarted():
                await self._heard(incoming)
            case PlaybackFinished():
                self._fell_silent(incoming)
            case ChannelDestroyed():
                self._sip_call_ids.pop(incoming.channel.id, None)
            case Connected():
                await self._client.send(requests.subscribe(self._client.app, [EVERY_CHANNEL]))
            case _:
                pass

    async def _heard(self, event: PlaybackStarted) -> None:
        for channel_id in event.channel_ids:
            if (sip_call_id := await self._sip_call_id(channel_id)) is not None:
                self._transcripts[sip_call_id].begins(words_of(event.playback.media_uri))
        self._tell()

    def _fell_silent(self, event: PlaybackFinished) -> None:
        for channel_id in event.channel_ids:
            if (sip_call_id := self._sip_call_ids.get(channel_id)) is not None:
                self._transcripts[sip_call_id].falls_silent()
        self._tell()

    def _tell(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

    async def _sip_call_id(self, channel_id: str) -> str | None:
        """Return the call's id; None when it is over: what began as somebody hung up is heard by nobody."""
        if (known := self._sip_call_ids.get(channel_id)) is not None:
            return known
        try:
            channel = await self._client.send(requests.get_channel(channel_id))
        except AriRefusedError as error:
            if error.status == HTTPStatus.NOT_FOUND:
                return None
            raise
        self._sip_call_ids[channel_id] = channel.protocol_id
        return channel.protocol_id
