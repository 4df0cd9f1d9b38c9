"""What is known of one call on Asterisk: a fold over its events, from the first ringing to the end."""

from __future__ import annotations

import asyncio
from datetime import datetime

import structlog

from ivr.ari.events import (
    AriEvent,
    ChannelDestroyed,
    ChannelDtmfReceived,
    ChannelHangupRequest,
    PlaybackContinuing,
    PlaybackFinished,
    PlaybackStarted,
    RecordingFailed,
    RecordingFinished,
    StasisStart,
)
from ivr.ari.values import Channel, ChannelState, Playback, PlaybackState
from ivr.calls.call_state import Answered, CallState, Ended, advance
from ivr.engine.telephony import AgentTook, SpeechBroke
from ivr.flows.events import EffectDone, Pressed, SpeechEnded
from ivr.telephony.call_notices import notice_in
from ivr.telephony.inbox import Inbox
from ivr.telephony.queue_transfer import ELSEWHERE, OUTSIDE_CONTEXT, QueueTransfer, returned_with
from ivr.telephony.speech_line import SpeechLine
from ivr.telephony.voice_recording import VoiceRecording

_KEYS = frozenset("0123456789*#")

_log = structlog.get_logger(__name__)


class CallTrack:
    """Takes in what the switch tells and keeps it: moments, keys, ended speeches, the way through a queue."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        """As the switch showed it first; from the end on, as it showed it last."""
        self.state = CallState(channel.created_at)
        self.inbox = Inbox()
        self.speech = SpeechLine(channel.id)
        self.transfer: QueueTransfer | None = None
        """The stay in a queue that is going on."""
        self.taken_by: str | None = None
        """The agent to whom the last queue gave it."""
        self.recording: VoiceRecording | None = None
        """The recording that is being made."""
        self.answer_or_end = asyncio.Event()
        self.end = asyncio.Event()
        self._in_app = False
        self._is_leaving = False
        """Whether somebody asked for its end: playbacks that it cuts are told as failed."""

    @property
    def is_answered(self) -> bool:
        """Whether somebody picked up and the call is ours to speak on."""
        return self.state.answered_at is not None and self._in_app

    def take(self, event: AriEvent) -> None:
        """Take in one event of this call."""
        if self.transfer is not None and self.transfer.watch(event, self.channel.id):
            self._taken(self.transfer, event.at)
        notice = notice_in(event, self.channel.id)
        if notice is not None:
            self.state = advance(self.state, notice)
        match event:
            case ChannelDestroyed(channel=channel):
                self.channel = channel
                self._close()
            case ChannelHangupRequest():
                self._is_leaving = True
            case StasisStart():
                self._in_app = True
                self._returned(event)
            case ChannelDtmfReceived(digit=digit) if digit in _KEYS and self.transfer is None:
                self._pressed(digit)
            case _:
                self._take_sound(event)
        self._tell_answer()

    def _take_sound(self, event: AriEvent) -> None:
        """Take in what became of something that is played or recorded."""
        match event:
            case PlaybackStarted(at=at, playback=playback):
                self.speech.file_begins(playback.id, playback.media_uri, at)
            case PlaybackContinuing(at=at, playback=playback) if not self._is_leaving:
                self._broke(self.speech.file_ends(playback.id, at))
            case PlaybackFinished(at=at, playback=playback):
                self._playback_finished(playback, at)
            case RecordingFinished(recording=recording):
                self.end_recording(recording.name, is_stored=True)
            case RecordingFailed(recording=recording):
                _log.error("recording_failed", call_id=self.channel.id, cause=recording.cause)
                self.end_recording(recording.name, is_stored=False)
            case _:
                pass

    def take_stock(self, channel: Channel, at: datetime) -> None:
        """Take in how the switch shows the channel now: at adoption, or after events were lost."""
        if channel.state is not ChannelState.UP:
            return
        self.state = advance(self.state, Answered(at))
        self._in_app = True
        in_queue = channel.running in ELSEWHERE
        if in_queue and self.transfer is None:
            is_outside = channel.context == OUTSIDE_CONTEXT
            self.transfer = QueueTransfer(effect_id=None, outside="" if is_outside else None)
        elif not in_queue and self.transfer is not None:
            self.end_transfer("done" if self.transfer.agent_answered else "no_agent")
        self._tell_answer()

    def take_loss(self, at: datetime) -> None:
        """The switch knows the channel no more, and nobody told how it ended."""
        _log.warning("call_end_was_not_told", call_id=self.channel.id)
        self.state = advance(self.state, Ended(at, None))
        self._close()

    def end_speech(self, playback_id: str) -> None:
        """A playback is over, heard or not; one that was cut is not told."""
        say_id = self.speech.end(playback_id)
        if say_id is not None:
            self.inbox.put(SpeechEnded(say_id))

    def end_transfer(self, result: str) -> None:
        """The stay in the queue is over."""
        transfer, self.transfer = self.transfer, None
        if transfer is None:
            return
        transfer.result = result
        transfer.is_over.set()
        if transfer.effect_id is not None:
            self.inbox.put(EffectDone(transfer.effect_id, result))

    def begin_recording(self, name: str, end_key: str) -> VoiceRecording:
        """A recording begins; keys belong to it until it is over."""
        self.recording = VoiceRecording(name, end_key)
        return self.recording

    def end_recording(self, name: str, *, is_stored: bool) -> None:
        """The recording of this name is over; one that nobody waits for is none of ours."""
        if self.recording is not None and self.recording.name == name:
            self.recording.ended(is_stored=is_stored)
            self.recording = None

    def _taken(self, transfer: QueueTransfer, at: datetime) -> None:
        if transfer.taken_by is not None:
            self.taken_by = transfer.taken_by
            self.inbox.put(AgentTook(transfer.taken_by, at))

    def remember_taker(self, agent: str) -> None:
        """An earlier engine saw that this agent took the call."""
        self.taken_by = agent
        if self.transfer is not None:
            self.transfer.agent_answered, self.transfer.taken_by = True, agent

    def learn_who_is_outside(self, number: str, at: datetime, *, is_taken: bool) -> None:
        """Take in what number an earlier engine dialled for the call, and whether somebody took it there."""
        if self.transfer is None:
            return
        self.transfer.outside = number
        if (is_taken or self.transfer.agent_answered) and self.transfer.taken_by != number:
            self.transfer.agent_answered, self.transfer.taken_by = True, number
            self._taken(self.transfer, at)

    def was_outside(self, number: str, at: datetime) -> None:
        """Take in that somebody outside took the call before it was adopted, and that it is back."""
        if self.taken_by != number:
            self.taken_by = number
            self.inbox.put(AgentTook(number, at))

    def _pressed(self, digit: str) -> None:
        if self.recording is None:
            self.inbox.put(Pressed(digit))
        else:
            self.recording.pressed(digit)

    def _returned(self, event: StasisStart) -> None:
        queue_status = returned_with(event)
        if queue_status is None or self.transfer is None:
            return
        result = self.transfer.result_on_return(queue_status)
        if result == "done" and self.transfer.outside:  # even where nobody told when it was answered
            self.learn_who_is_outside(self.transfer.outside, event.at, is_taken=True)
        self.end_transfer(result)

    def _playback_finished(self, playback: Playback, at: datetime) -> None:
        if self._is_leaving:
            if playback.state is PlaybackState.FAILED:  # cut by the hang-up: nobody heard it to its end
                self.speech.end(playback.id)
        elif playback.state is PlaybackState.FAILED:
            self._broke(self.speech.breaks(playback.id))
        else:
            self._broke(self.speech.file_ends(playback.id, at))
        self.end_speech(playback.id)

    def _broke(self, event: SpeechBroke | None) -> None:
        if event is not None:
            self.inbox.put(event)

    def _close(self) -> None:
        if self.transfer is not None and (self.transfer.agent_answered or self.transfer.effect_id is None):
            self.end_transfer("done" if self.transfer.agent_answered else "no_agent")
        if self.recording is not None:  # what was said is kept, even if nobody told of its end
            self.end_recording(self.recording.name, is_stored=True)
        self.inbox.close()
        self.end.set()
        self._tell_answer()

    def _tell_answer(self) -> None:
        if self.is_answered or self.end.is_set():
            self.answer_or_end.set()
