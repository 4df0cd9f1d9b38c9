"""Ears beside a call: snoop channels that hear the other side, and what they make out of it.

Nothing of the call waits for them. A snoop is a channel of its own: what is set on it waits behind no
playing file, and it has silence to hear where the far end sends no packets. One snoop has one TONE_DETECT
(the last one set), so there is one for each tone. Those for beeps are opened only for whoever greets at
length.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from uuid import uuid4

import structlog

from ivr.ari import requests
from ivr.ari.client import AriClient
from ivr.ari.dispatcher import IncomingQueue
from ivr.ari.events import (
    ChannelDestroyed,
    ChannelDtmfReceived,
    ChannelTalkingFinished,
    ChannelTalkingStarted,
    ChannelToneDetected,
    PlaybackFinished,
    PlaybackStarted,
    StasisStart,
)
from ivr.ari.notices import Incoming
from ivr.calls.answered_by import AnsweredBy
from ivr.calls.answerer import Answerer, Finding, Sound
from ivr.errors import AriError
from ivr.flows.events import AnswererHeard, AnswererSpeaks
from ivr.telephony.ari_call import AriCall
from ivr.telephony.snoop import is_snoop

PAUSE = 0.2
"""Seconds of silence after which the switch tells that a talk is over; a beep is parted from the greeting
so."""
_LOUDNESS = 256
"""Of a frame that is speech: TALK_DETECT's own default."""
_VOICE = "voice"
_TONES: Mapping[str, tuple[Sound, str]] = {
    "2100": (Sound.FAX, "TONE_DETECT(2100,500)"),
    "1100": (Sound.FAX, "TONE_DETECT(1100,400)"),
    # The third tone of all special information tones. TONE_DETECT's option `a` heard none of ours.
    "1777": (Sound.SIT, "TONE_DETECT(1777,200)"),
}
_BEEP_MS = 120

_log = structlog.get_logger(__name__)


class Ears:
    """The ears of one call. A fault of theirs costs the verdict, never the call."""

    def __init__(self, client: AriClient, call: AriCall, beeps_hz: Sequence[int]) -> None:
        self._client = client
        self._call = call
        self._beeps = {f"beep-{hz}": f"TONE_DETECT({hz},{_BEEP_MS})" for hz in beeps_hz}
        self._open: set[str] = set()
        self._is_again = call.is_answered
        """Whether an earlier engine may have left ears of its own, whose ids are taken."""
        self._side = f"{call.call_id}.{uuid4().hex[:8]}" if self._is_again else call.call_id

    async def listen(self) -> None:
        """Listen from the answer until nothing more can come out; the news go among the call's events."""
        if await self._call.wait_for_answer() is None:
            return
        ears = self._all
        with self._client.events_for(self._call.call_id, *(self._id(ear) for ear in ears)) as events:
            try:
                await self._close_earlier()
                await self._open_ears(_VOICE, *_TONES)
                await self._follow(events, Answerer(_now()))
            except AriError as error:
                log = _log.debug if self._call.is_over else _log.warning
                log("nobody_listens_who_answered", call_id=self._call.call_id, error=str(error))
            finally:
                await self._close(self._open)

    async def _follow(self, events: IncomingQueue, answerer: Answerer) -> None:
        while not (answerer.is_settled or self._call.is_over):
            event = await _next(events, answerer.deadline)
            if isinstance(event, ChannelDtmfReceived) or self._is_end(event):
                return  # a key is a person's, whatever is heard
            if event is None:
                self._tell(answerer.pass_time(_now()))
            elif isinstance(event, StasisStart) and is_snoop(event.channel):
                await self._set_up(event.channel.id)
            elif (heard := self._sound_in(event)) is not None:
                self._tell(answerer.hear(*heard))
            if answerer.verdict is not AnsweredBy.UNKNOWN:
                await self._close(self._open & _TONES.keys())
            if answerer.is_long and not self._beeps.keys() <= self._open:
                await self._open_ears(*self._beeps)

    def _is_end(self, event: Incoming | None) -> bool:
        return isinstance(event, ChannelDestroyed) and event.channel.id == self._call.call_id

    def _sound_in(self, event: Incoming) -> tuple[Sound, float] | None:
        match event:
            case PlaybackStarted():
                return Sound.WE_BEGIN, _now()
            case PlaybackFinished():
                return Sound.WE_END, _now()
            case ChannelTalkingStarted():
                return Sound.TALK_BEGINS, _now()
            case ChannelTalkingFinished():
                return Sound.TALK_ENDS, _now() - PAUSE
            case ChannelToneDetected(channel=channel):
                ear = channel.id.rpartition(".")[2]
                return (_TONES[ear][0] if ear in _TONES else Sound.BEEP), _now()
            case _:
                return None

    def _tell(self, news: AnsweredBy | Finding | None) -> None:
        if isinstance(news, AnsweredBy):
            _log.info("answerer_heard", call_id=self._call.call_id, answered_by=news.value)
            self._call.track.inbox.put(AnswererHeard(news))
        elif news is not None:
            self._call.track.inbox.put(AnswererSpeaks())

    def _id(self, ear: str) -> str:
        return f"{self._side}.{ear}"

    @property
    def _all(self) -> tuple[str, ...]:
        return (_VOICE, *_TONES, *self._beeps)

    async def _close_earlier(self) -> None:
        """Hang up the ears that an earlier engine opened beside this call."""
        if not self._is_again:
            return
        for channel in await self._client.send(requests.list_channels()):
            call_id, _, ear = channel.id.partition(".")
            if is_snoop(channel) and call_id == self._call.call_id and ear.rpartition(".")[2] in self._all:
                await self._client.send(requests.hang_up(channel.id))

    async def _open_ears(self, *ears: str) -> None:
        for ear in ears:
            self._open.add(ear)
            call_id, snoop_id = self._call.call_id, self._id(ear)
            await self._client.send(requests.snoop(call_id, self._client.app, snoop_id=snoop_id, spy="in"))

    async def _set_up(self, ear_id: str) -> None:
        """Set what an ear is to hear, as soon as it is ours: not before."""
        ear = ear_id.rpartition(".")[2]
        if ear == _VOICE:
            name, value = "TALK_DETECT(set)", f"{PAUSE * 1000:.0f},{_LOUDNESS}"
        else:
            name, value = _TONES[ear][1] if ear in _TONES else self._beeps[ear], ""
        await self._client.send(requests.set_variable(ear_id, name, value))

    async def _close(self, ears: set[str]) -> None:
        """Hang ears up; those of a call that is over end by themselves."""
        closing, self._open = ears, self._open - ears
        for ear in () if self._call.is_over else closing:
            try:
                await self._client.send(requests.hang_up(self._id(ear)))
            except AriError as error:
                _log.debug("ear_not_closed", ear=self._id(ear), error=str(error))


def _now() -> float:
    return asyncio.get_running_loop().time()


async def _next(events: IncomingQueue, deadline: float | None) -> Incoming | None:
    """Return the next event, or None at the deadline."""
    try:
        async with asyncio.timeout_at(deadline):
            return await events.get()
    except TimeoutError:
        return None
