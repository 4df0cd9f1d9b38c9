"""One call on Asterisk: commands go out as ARI requests, what happens comes in as events of the flow."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import structlog

from ivr.ari import requests
from ivr.ari.client import AriClient
from ivr.ari.events import (
    AriEvent,
    ChannelDestroyed,
    ChannelDtmfReceived,
    ChannelHangupRequest,
    PlaybackFinished,
    StasisStart,
)
from ivr.ari.request import Request
from ivr.ari.values import Channel, ChannelState, Playback, PlaybackState
from ivr.calls.call_report import CallReport
from ivr.calls.call_result import CallResult
from ivr.calls.call_state import Answered, CallState, Ended, advance
from ivr.errors import AriError, AriRefusedError
from ivr.flows.events import EffectDone, FlowEvent, Pressed, SpeechEnded
from ivr.telephony.call_notices import notice_in
from ivr.telephony.cause_map import CauseOverrides, unanswered_result
from ivr.telephony.inbox import Inbox
from ivr.telephony.queue_transfer import (
    QUEUE_APPLICATION,
    QUEUE_CONTEXT,
    QueueTransfer,
    is_queue_name,
    returned_with,
)
from ivr.telephony.report import report_of
from ivr.telephony.speech_line import SpeechLine, medium_of, split_by_presence

NORMAL_CLEARING = 16
_KEYS = frozenset("0123456789*#")

Answer = TypeVar("Answer")

_log = structlog.get_logger(__name__)


class AriCall:
    """Fills `LiveCall`. It asks nothing while events arrive; `take` is fed by whoever follows the call."""

    def __init__(self, client: AriClient, channel: Channel, causes: CauseOverrides) -> None:
        self._client = client
        self._channel = channel
        self._causes = causes
        self._state = CallState(channel.created_at)
        self._inbox = Inbox()
        self._speech = SpeechLine(channel.id)
        self._transfer: QueueTransfer | None = None
        self._given_up = False
        self._in_app = False
        self._is_leaving = False
        """Whether somebody asked for its end: playbacks that it cuts are told as failed."""
        self._answer_or_end = asyncio.Event()
        self._end = asyncio.Event()

    def __repr__(self) -> str:
        return f"<AriCall {self.call_id} {self._state.phase}>"

    @property
    def call_id(self) -> str:
        """The channel's id."""
        return self._channel.id

    @property
    def is_answered(self) -> bool:
        """Whether somebody picked up and the call is ours to speak on."""
        return self._state.answered_at is not None and self._in_app

    @property
    def is_over(self) -> bool:
        """Whether the call has ended."""
        return self._end.is_set()

    async def wait_for_answer(self) -> datetime | None:
        """Return the moment of the answer, or None when the call ended without one."""
        await self._answer_or_end.wait()
        return self._state.answered_at

    async def play(self, say_id: int, files: Sequence[Path]) -> None:
        """Start to play; while a queue has the call nothing can be heard, and the speech counts as heard."""
        present, missing = split_by_presence(files)
        for file in missing:
            _log.error("prompt_file_missing", call_id=self.call_id, file=str(file))
        if not present or self._transfer is not None:
            self._inbox.put(SpeechEnded(say_id))
            return
        playback_id = self._speech.begin(say_id)
        media = [medium_of(file) for file in present]
        if not await self._ask(requests.play(self.call_id, media, playback_id=playback_id)):
            self._speech_ended(playback_id)

    async def stop_playing(self, say_id: int) -> None:
        """Cut a speech."""
        playback_id = self._speech.cut(say_id)
        self._inbox.forget_speech(say_id)
        if playback_id is not None:
            await self._ask(requests.stop_playback(playback_id))

    async def transfer(self, effect_id: int, queue: str) -> None:
        """Hand the caller to a queue; keys pressed there belong to the talk and are not kept."""
        if self._transfer is not None:  # adopted while it was in the queue: it keeps its place there
            self._transfer.effect_id = effect_id
            return
        self._transfer = QueueTransfer(effect_id)
        if not is_queue_name(queue) or not await self._go_to_queue(queue):
            self._transfer_ended("failed")

    async def hang_up(self) -> None:
        """End the call with normal clearing."""
        await self.hang_up_because(NORMAL_CLEARING)

    async def hang_up_because(self, q850: int) -> None:
        """End the call and give the far end a reason."""
        self._given_up = self._given_up or self._state.answered_at is None
        request = requests.hang_up(self.call_id, q850)
        if not await self._ask(request):  # unlike dialling it may be asked twice; dead air would be worse
            await self._ask(request)

    async def next_event(self, within: float | None) -> FlowEvent:
        """Return the next thing that happens."""
        return await self._inbox.next(within)

    async def wait_for_end(self) -> CallReport:
        """Return everything that is known of the call once it is over."""
        await self._end.wait()
        return report_of(self._state, self._channel, self._result())

    def take(self, event: AriEvent) -> None:
        """Take in one event of this call."""
        if self._transfer is not None:
            self._transfer.watch(event, self.call_id)
        notice = notice_in(event, self.call_id)
        if notice is not None:
            self._state = advance(self._state, notice)
        match event:
            case ChannelDestroyed(channel=channel):
                self._channel = channel
                self._close()
            case ChannelHangupRequest():
                self._is_leaving = True
            case StasisStart():
                self._in_app = True
                self._returned(event)
            case ChannelDtmfReceived(digit=digit) if digit in _KEYS and self._transfer is None:
                self._inbox.put(Pressed(digit))
            case PlaybackFinished(playback=playback):
                self._playback_finished(playback)
            case _:
                pass
        self._tell_answer()

    def take_stock(self, channel: Channel, at: datetime) -> None:
        """Take in how the switch shows the channel now: at adoption, or after events were lost."""
        if channel.state is not ChannelState.UP:
            return
        self._state = advance(self._state, Answered(at))
        self._in_app = True
        in_queue = channel.running == QUEUE_APPLICATION
        if in_queue and self._transfer is None:
            self._transfer = QueueTransfer(effect_id=None)
        elif not in_queue and self._transfer is not None:
            self._transfer_ended("done" if self._transfer.agent_answered else "no_agent")
        self._tell_answer()

    def take_loss(self, at: datetime) -> None:
        """The switch knows the channel no more, and nobody told how it ended."""
        _log.warning("call_end_was_not_told", call_id=self.call_id)
        self._state = advance(self._state, Ended(at, None))
        self._close()
        self._tell_answer()

    async def look_again(self, seen: Channel | None, at: datetime) -> None:
        """Ask the switch about the speech, and about the call too unless `seen` is how it shows it now.

        Raises AriError where the switch does not say.
        """
        try:
            shown = await self._client.send(requests.get_channel(self.call_id)) if seen is None else seen
            self.take_stock(shown, at)
        except AriRefusedError as error:
            if error.status != 404:
                raise
            self.take_loss(at)
            return
        for playback_id in self._speech.playback_ids:
            try:
                await self._client.send(requests.get_playback(playback_id))
            except AriRefusedError:
                self._speech_ended(playback_id)

    def _tell_answer(self) -> None:
        if self.is_answered or self.is_over:
            self._answer_or_end.set()

    def _close(self) -> None:
        if self._transfer is not None and self._transfer.agent_answered:
            self._transfer_ended("done")
        self._inbox.close()
        self._end.set()

    def _playback_finished(self, playback: Playback) -> None:
        if playback.state is PlaybackState.FAILED and not self._is_leaving:
            _log.error("prompt_not_playable", call_id=self.call_id, medium=playback.media_uri)
        self._speech_ended(playback.id)

    def _speech_ended(self, playback_id: str) -> None:
        say_id = self._speech.end(playback_id)
        if say_id is not None:
            self._inbox.put(SpeechEnded(say_id))

    async def _go_to_queue(self, queue: str) -> bool:
        for playback_id in self._speech.playback_ids:  # what follows would wait behind them
            self._speech.end(playback_id)
            await self._ask(requests.stop_playback(playback_id))
        return await self._ask(requests.continue_in_dialplan(self.call_id, QUEUE_CONTEXT, queue))

    def _returned(self, event: StasisStart) -> None:
        queue_status = returned_with(event)
        if queue_status is not None and self._transfer is not None:
            self._transfer_ended(self._transfer.result_on_return(queue_status))

    def _transfer_ended(self, result: str) -> None:
        transfer, self._transfer = self._transfer, None
        if transfer is not None and transfer.effect_id is not None:
            self._inbox.put(EffectDone(transfer.effect_id, result))

    def _result(self) -> CallResult:
        if self._state.answered_at is not None:
            return CallResult.ANSWERED
        if self._given_up:
            return CallResult.CANCELLED
        if self._state.cause is None:
            return CallResult.FAILED
        alerted = self._state.ringing_at is not None or self._state.early_media_at is not None
        return unanswered_result(self._state.cause, alerted=alerted, overrides=self._causes)

    async def _ask(self, request: Request[Answer]) -> bool:
        """Send a request and return whether it was carried out; that it was not is logged."""
        if self.is_over:
            return True
        try:
            await self._client.send(request)
        except AriError as error:
            gone = isinstance(error, AriRefusedError) and error.status == 404
            log = _log.debug if gone else _log.error
            log("call_request_failed", call_id=self.call_id, operation=request.operation, error=str(error))
            return gone
        return True
