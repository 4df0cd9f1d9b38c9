"""A person's end of a call, carried by a channel of the carrier's Asterisk."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

from ivr.ari import requests
from ivr.ari.events import (
    AriEvent,
    ChannelDtmfReceived,
    ChannelTalkingFinished,
    ChannelTalkingStarted,
    PlaybackFinished,
    RecordingFailed,
    RecordingFinished,
)
from ivr.ari.request import Request
from ivr.ari.values import PlaybackState
from ivr.carrier.exchange import Exchange
from ivr.carrier.line import DtmfBy, Invite, Moment
from ivr.carrier.log_entry import What
from ivr.carrier.tones import key_tone
from ivr.errors import CarrierError

Answer = TypeVar("Answer")

REFUSE_CONTEXT = "refuse"
"""Dialplan context of the carrier that ends a call with the SIP status that is the extension."""
HEARD = "heard"
"""Recording of all that was heard; also the first application argument of the channel that makes it."""
MESSAGE = "message"
"""Recording of what was left on a machine."""
KEY_DOWN = timedelta(milliseconds=100)
KEY_UP = timedelta(milliseconds=100)
NO_AUDIO = timedelta(milliseconds=500)
"""Without a packet for so long, nobody speaks."""
END_OF_SPEECH_MS = 1000
"""Silence that ends the caller's speech: longer than the pauses inside a prompt."""


class AriLine:
    """A `Line`. The switchboard delivers its channel's events; one coroutine at a time uses it."""

    def __init__(self, exchange: Exchange, number: str, invite: Invite, *, records: bool = False) -> None:
        self._exchange = exchange
        self._number = number
        self._invite = invite
        self._records = records
        self._events: asyncio.Queue[AriEvent] = asyncio.Queue()
        self._speaking = False
        self._keys: deque[str] = deque()
        self._playbacks = 0
        self._keys_travel_by = DtmfBy.RFC4733
        self.ended_by_person = False

    @property
    def invite(self) -> Invite:
        """The call's beginning."""
        return self._invite

    def deliver(self, event: AriEvent) -> None:
        """Take an event of this line's channel."""
        self._events.put_nowait(event)

    def note(self, what: What, **details: str) -> None:
        """Write down what happened on this line."""
        self._exchange.note(self._number, self._invite.line, what, **details)

    async def ring(self) -> None:
        """Let the caller hear ringing."""
        await self._send(requests.ring(self._invite.line))
        self.note(What.RANG)

    async def answer(self) -> None:
        """Pick up, listening already, so that no first word is lost."""
        await self.get_ready()
        await self._send(requests.answer(self._invite.line))
        self.note(What.ANSWERED)

    def was_answered(self, sip_call_id: str) -> None:
        """Take the news that the one whom the person called has answered."""
        self._invite = replace(self._invite, sip_call_id=sip_call_id)
        self.note(What.ANSWERED, sip_call_id=sip_call_id)

    async def get_ready(self) -> None:
        """Put the telephone to the ear: from now on speech is noticed, and recorded if wanted."""
        await self._listen()
        if self._records:
            line, app = self._invite.line, self._exchange.client.app
            snoop_id = recording_name(HEARD, line)
            await self._send(requests.snoop(line, app, snoop_id=snoop_id, spy="in", app_args=(HEARD, line)))

    async def refuse(self, status: int) -> None:
        """End the unanswered call by PJSIPHangup: Q.850 causes, which ARI takes, can't tell 603 from 607."""
        self._ends(What.REFUSED, status=str(status))
        await self._send(requests.continue_in_dialplan(self._invite.line, REFUSE_CONTEXT, str(status)))

    async def refuse_by_analytics(self) -> None:
        """Send the caller to the refuser, which answers in words that Asterisk can't."""
        self._ends(What.REFUSED, status="603+")
        contact = self._exchange.refuser.contact(self._invite.dialled)
        await self._send(requests.redirect(self._invite.line, f"PJSIP/{contact}"))

    async def hang_up(self) -> None:
        """End the answered call."""
        self._ends(What.HUNG_UP)
        await self._send(requests.hang_up(self._invite.line))

    async def press(self, keys: str, by: DtmfBy) -> None:
        """Press keys; returns when the last one is up again."""
        self.note(What.PRESSED, keys=keys, by=by)
        if by is DtmfBy.INBAND:
            await self._play([key_tone(key) for key in keys])
            return
        line = self._invite.line
        if by is not self._keys_travel_by:
            await self._send(requests.set_variable(line, "PJSIP_DTMF_MODE()", by))
            self._keys_travel_by = by
        await self._send(requests.send_dtmf(line, keys, duration=KEY_DOWN, between=KEY_UP))
        await self.wait((KEY_DOWN + KEY_UP) * len(keys))

    async def play(self, sounds: Sequence[str]) -> None:
        """Say sounds to their end; raises CarrierError where one is missing."""
        self.note(What.SAID, sounds=" ".join(sounds))
        await self._play(sounds)

    async def hears(self, moment: Moment) -> None:
        """Return when speech starts (at once if it goes on already), or stops."""
        self._catch_up()
        if not self._speaking:
            await self._next(lambda e: isinstance(e, ChannelTalkingStarted))
        if moment is Moment.SPEECH_STOPS:
            await self._speech_ends()
        self.note(What.HEARD_SPEECH, moment=moment)

    def comes_to_the_phone(self) -> None:
        """Let the words that were played until now not count."""
        if self._exchange.ears is not None:
            self._exchange.ears.skip(self._invite.sip_call_id)

    async def hears_phrase(self, phrase: str) -> None:
        """Return when the words are played; raises CarrierError in a town without ears."""
        if self._exchange.ears is None:
            raise CarrierError(
                f"{self._number} waits for the words {phrase!r}, but nobody here knows the texts"
            )
        await self._exchange.ears.phrase(self._invite.sip_call_id, phrase)
        self.note(What.HEARD_PHRASE, phrase=phrase)

    async def hears_it_out(self) -> None:
        """Return when the prompt of the last phrase is over."""
        if self._exchange.ears is not None:
            await self._exchange.ears.phrase_end(self._invite.sip_call_id)

    async def next_key(self, within: timedelta) -> str | None:
        """Return the next key of the caller, pressed before or from now on, or None when none comes."""
        self._catch_up()
        if not self._keys:
            try:
                async with asyncio.timeout(within.total_seconds()):
                    await self._next(lambda e: isinstance(e, ChannelDtmfReceived))
            except TimeoutError:
                return None
        key = self._keys.popleft()
        self.note(What.HEARD_KEY, key=key)
        return key

    async def take_message(self, silence: timedelta, longest: timedelta) -> None:
        """Record until the caller is silent; what a caller who hangs up has left is kept too."""
        line = self._invite.line
        name = recording_name(MESSAGE, line)
        await self._send(
            requests.record(line, name, max_silence=silence, max_duration=longest, if_exists="overwrite")
        )
        await self._recording_ends(name, silence)

    async def _recording_ends(self, name: str, silence: timedelta) -> None:
        """Return when a recording is over.

        The switch counts no silence while no packet comes: that of a caller who has spoken is counted here.
        """
        packets, quiet, has_spoken = await self._packets_received(), timedelta(0), False
        while True:
            try:
                async with asyncio.timeout(NO_AUDIO.total_seconds()):
                    await self._next(
                        lambda e: (
                            isinstance(e, RecordingFinished | RecordingFailed) and e.recording.name == name
                        )
                    )
                    return
            except TimeoutError:
                before, packets = packets, await self._packets_received()
                has_spoken = has_spoken or packets != before
                quiet = quiet + NO_AUDIO if packets == before else timedelta(0)
                if has_spoken and quiet >= silence:
                    has_spoken = False
                    await self._send(requests.stop_recording(name))

    async def wait(self, span: timedelta) -> None:
        """Do nothing; what is heard meanwhile is kept."""
        await asyncio.sleep(span.total_seconds())

    async def _send(self, request: Request[Answer]) -> Answer:
        return await self._exchange.client.send(request)

    def _ends(self, what: What, **details: str) -> None:
        self.ended_by_person = True
        self.note(what, **details)

    async def _play(self, sounds: Sequence[str]) -> None:
        self._playbacks += 1
        playback_id = f"said-{self._invite.line}-{self._playbacks}"
        media = [self._exchange.media_uri(sound) for sound in sounds]
        await self._send(requests.play(self._invite.line, media, playback_id=playback_id))
        finished = await self._next(
            lambda e: isinstance(e, PlaybackFinished) and e.playback.id == playback_id
        )
        if isinstance(finished, PlaybackFinished) and finished.playback.state is PlaybackState.FAILED:
            raise CarrierError(f"one of the sounds {' '.join(sounds)} can't be played")

    async def _listen(self) -> None:
        await self._send(requests.set_variable(self._invite.line, "TALK_DETECT(set)", str(END_OF_SPEECH_MS)))

    async def _speech_ends(self) -> None:
        """Wait for silence, or for no audio at all: an Asterisk that plays nothing sends nothing.

        Talk detection sees only audio that comes in, so in the latter case it has to begin afresh.
        """
        packets = -1
        while self._speaking:
            try:
                async with asyncio.timeout(NO_AUDIO.total_seconds()):
                    await self._next(lambda e: isinstance(e, ChannelTalkingFinished))
            except TimeoutError:
                before, packets = packets, await self._packets_received()
                if packets == before:
                    self._speaking = False
                    await self._send(requests.set_variable(self._invite.line, "TALK_DETECT(remove)", ""))
                    await self._listen()

    async def _packets_received(self) -> int:
        return (await self._send(requests.rtp_statistics(self._invite.line))).received_packets

    async def _next(self, wanted: Callable[[AriEvent], bool]) -> AriEvent:
        while True:
            event = await self._events.get()
            self._take(event)
            if wanted(event):
                return event

    def _catch_up(self) -> None:
        while not self._events.empty():
            self._take(self._events.get_nowait())

    def _take(self, event: AriEvent) -> None:
        match event:
            case ChannelTalkingStarted():
                self._speaking = True
            case ChannelTalkingFinished():
                self._speaking = False
            case ChannelDtmfReceived():
                self._keys.append(event.digit)
            case _:
                pass


def recording_name(kind: str, line: str) -> str:
    """Return what a recording made on `line` is called; `kind` is HEARD or MESSAGE."""
    return f"{kind}-{line}"
