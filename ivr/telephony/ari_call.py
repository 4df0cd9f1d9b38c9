"""One call on Asterisk: commands go out as ARI requests, what happens comes in as events of the flow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from ivr.ari import requests
from ivr.ari.client import AriClient
from ivr.ari.request import Request
from ivr.ari.values import Channel
from ivr.calls.call_report import CallReport
from ivr.clock import utc_now
from ivr.engine.telephony import AgentTook, Outside, SpeechBroke, Vault
from ivr.errors import AriError, AriRefusedError
from ivr.flows.effects import RecordVoice
from ivr.flows.events import FlowEvent, SpeechEnded
from ivr.prompts.queue_sounds import channel_language
from ivr.telephony.both_sides import record_both_sides
from ivr.telephony.call_track import CallTrack
from ivr.telephony.cause_map import CauseOverrides
from ivr.telephony.channel_variables import (
    DIAL_STATUS,
    LANGUAGE,
    OUTSIDE,
    OUTSIDE_BEGUN,
    QUEUE_PRIORITY,
    STORY_ID,
)
from ivr.telephony.hand_over import be_told_again, leave, variables_for, wait_until_back
from ivr.telephony.originate_order import call_variables
from ivr.telephony.outside import DialString, variables_outside
from ivr.telephony.queue_transfer import (
    OUTSIDE_CONTEXT,
    QUEUE_CONTEXT,
    QueueTransfer,
    is_queue_name,
    result_of,
    taker_of,
)
from ivr.telephony.report import report_of
from ivr.telephony.speech_line import medium_of

NORMAL_CLEARING = 16
"""Q.850 cause of a call that simply is over."""
CALL_REJECTED = 21
"""Q.850 cause for a caller from whom we take no calls."""

_log = structlog.get_logger(__name__)


class AriCall:
    """Fills `LiveCall`. Whoever follows the call feeds its events to `track`."""

    def __init__(
        self, client: AriClient, channel: Channel, causes: CauseOverrides, dial_string: DialString
    ) -> None:
        self.track = CallTrack(channel)
        self._dial_string = dial_string
        self._client = client
        self._causes = causes
        self._given_up = False

    def __repr__(self) -> str:
        return f"<AriCall {self.call_id} {self.track.state.phase}>"

    @property
    def call_id(self) -> str:
        """The channel's id."""
        return self.track.channel.id

    @property
    def is_answered(self) -> bool:
        """Whether somebody picked up and the call is ours to speak on."""
        return self.track.is_answered

    @property
    def is_over(self) -> bool:
        """Whether the call has ended."""
        return self.track.end.is_set()

    async def answer(self, max_duration: float, story_id: str) -> None:
        """Pick up, after what `originate` would have set; raises AriError where that can't be asked for."""
        variables = {
            **call_variables(self._client.app, timedelta(seconds=max_duration)),
            STORY_ID: story_id,
        }
        try:
            for name, value in variables.items():
                await self._client.send(requests.set_variable(self.call_id, name, value))
            await self._client.send(requests.answer(self.call_id))
        except AriRefusedError as error:
            if error.status != 404:  # the caller may have hung up: an ordinary end, which is heard of
                raise

    async def reject(self) -> None:
        """Refuse the call."""
        await self.hang_up_because(CALL_REJECTED)

    async def wait_for_answer(self) -> datetime | None:
        """Return the moment of the answer, or None when the call ended without one."""
        await self.track.answer_or_end.wait()
        return self.track.state.answered_at

    async def play(self, say_id: int, files: Sequence[Path]) -> None:
        """Start to play; while a queue has the call nothing can be heard, and the speech counts as heard."""
        if not files or self.track.transfer is not None:
            self.track.inbox.put(SpeechEnded(say_id))
            return
        playback_id = self.track.speech.begin(say_id, files)
        media = [medium_of(file) for file in files]
        if not await self._ask(requests.play(self.call_id, media, playback_id=playback_id)):
            self.track.end_speech(playback_id)

    async def stop_playing(self, say_id: int) -> None:
        """Cut a speech."""
        playback_id = self.track.speech.cut(say_id)
        self.track.inbox.forget_speech(say_id)
        if playback_id is not None:
            await self._ask(requests.stop_playback(playback_id))

    async def transfer(self, effect_id: int, queue: str, priority: int = 0, language: str = "en") -> None:
        """Hand the caller to a queue; keys pressed there belong to the talk and are not kept."""
        if self.track.transfer is not None:  # adopted while it was in the queue: it keeps its place there
            self.track.transfer.effect_id = effect_id
            return
        self.track.transfer = QueueTransfer(effect_id)
        if not is_queue_name(queue) or not await self._go_to_queue(queue, priority, language):
            self.track.end_transfer("failed")

    @property
    def is_elsewhere(self) -> bool:
        """Whether a queue, or somebody outside, has it now."""
        return self.track.transfer is not None

    async def transfer_out(self, effect_id: int, outside: Outside) -> None:
        """Dial a number outside and connect the caller; keys pressed meanwhile are not kept."""
        if self.track.transfer is not None:  # adopted while it was there: it stays there
            self.track.transfer.effect_id = effect_id
            is_taken = await self._was_answered_outside()
            self.track.learn_who_is_outside(outside.number, utc_now(), is_taken=is_taken)
            return
        self.track.transfer = QueueTransfer(effect_id, outside=outside.number)
        if not await self._go_outside(effect_id, outside):
            self.track.end_transfer("failed")

    async def ask_who_took_it(self) -> None:
        """Ask who took it outside before it was adopted: once the caller is gone, nobody can say."""
        if (transfer := self.track.transfer) is None or transfer.outside is None:
            return
        if await self._was_answered_outside() and (endpoint := await self._known(OUTSIDE)):
            self.track.learn_who_is_outside(taker_of(endpoint), utc_now(), is_taken=True)

    async def back_from_outside(self, effect_id: int, number: str) -> str | None:
        """Ask the switch what came of a number that an earlier engine dialled by this effect."""
        try:
            if await self._variable(OUTSIDE_BEGUN) != str(effect_id):
                return None
            result = result_of(await self._variable(DIAL_STATUS) or "")
        except AriError as error:  # it may have been dialled: rather nobody than somebody twice
            _log.error("outside_not_known", call_id=self.call_id, error=str(error))
            return "failed"
        if result == "done":
            self.track.was_outside(number, utc_now())
        return result

    async def hand_over(self, vault: Vault, reference: str) -> bool:
        """Dial somebody outside and wait until the caller is back, or gone."""
        if self.is_over:
            return False
        transfer = self.track.transfer = QueueTransfer(effect_id=None)
        await self._fall_silent()
        try:
            await leave(self._client, self.call_id, variables_for(vault, reference))
        except AriError as error:
            _log.info("call_not_handed_over", call_id=self.call_id, error=str(error))
            self.track.end_transfer("failed")
        await self.come_back()
        return transfer.result == "done"

    async def come_back(self) -> None:
        """Wait until the caller whom the vault had is back, or gone."""
        transfer = self.track.transfer
        is_back = transfer is None or await wait_until_back(self._client, self.call_id, transfer.is_over)
        if self.is_over:
            return
        if not is_back or not await be_told_again(self._client, self.call_id):
            self.track.take_loss(utc_now())

    async def record(self, name: str, wanted: RecordVoice) -> bool:
        """Record until silence, the key, the longest time or the call's end; keys meanwhile are not kept."""
        if self.is_over or self.track.transfer is not None:
            return False
        recording = self.track.begin_recording(name, wanted.end_key)
        request = requests.record(
            self.call_id,
            name,
            max_duration=timedelta(seconds=wanted.max_seconds),
            max_silence=timedelta(seconds=wanted.silence_seconds),
            beep=wanted.beep,
        )
        if not await self._ask(request):
            self.track.end_recording(name, is_stored=False)
        await recording.key_or_end.wait()
        if not recording.is_over:
            await self._ask(requests.stop_recording(name))
            await recording.end.wait()
        return recording.is_stored

    async def discard_recording(self, name: str) -> None:
        """Stop a recording and throw it away."""
        await self._ask(requests.discard_recording(name))

    async def record_call(self, name: str) -> bool:
        """Record both sides on a snoop; a call that is over needs none."""
        try:
            await record_both_sides(self._client, self.call_id, name)
        except AriError as error:
            say = _log.info if self.is_over else _log.error
            say("call_not_recorded", call_id=self.call_id, error=str(error))
            return False
        return True

    async def pause_recording(self, name: str) -> bool:
        """Pause; a recording that is over has nothing more to leave out."""
        return await self._ask(requests.pause_recording(name))

    async def resume_recording(self, name: str) -> bool:
        """Go on."""
        return await self._ask(requests.resume_recording(name))

    async def hang_up(self) -> None:
        """End the call with normal clearing."""
        await self.hang_up_because(NORMAL_CLEARING)

    async def hang_up_because(self, q850: int) -> None:
        """End the call and give the far end a reason."""
        self._given_up = self._given_up or self.track.state.answered_at is None
        request = requests.hang_up(self.call_id, q850)
        if not await self._ask(request):  # unlike dialling it may be asked twice; dead air would be worse
            await self._ask(request)

    def remember_taker(self, agent: str) -> None:
        """Take in who took it before it was adopted."""
        self.track.remember_taker(agent)

    async def next_event(self, within: float | None) -> FlowEvent | SpeechBroke | AgentTook:
        """Return the next thing that happens; of a speech that broke, what is left is taken off the line."""
        event = await self.track.inbox.next(within)
        if isinstance(event, SpeechBroke):
            await self.stop_playing(event.say_id)
        return event

    async def wait_for_end(self) -> CallReport:
        """Return everything that is known of the call once it is over."""
        await self.track.end.wait()
        return report_of(
            self.track.state, self.track.channel, self._given_up, self._causes, self.track.taken_by
        )

    async def look_again(self, seen: Channel | None, at: datetime) -> None:
        """Ask the switch about the speech, and about the call too unless `seen` is how it shows it now.

        Raises AriError where the switch does not say.
        """
        try:
            shown = await self._client.send(requests.get_channel(self.call_id)) if seen is None else seen
        except AriRefusedError as error:
            if error.status != 404:
                raise
            self.track.take_loss(at)
            return
        self.track.take_stock(shown, at)
        for playback_id in self.track.speech.playback_ids:
            try:
                await self._client.send(requests.get_playback(playback_id))
            except AriRefusedError:
                self.track.end_speech(playback_id)
        if self.track.recording is not None:
            await self._look_for_recording(self.track.recording.name)

    async def _look_for_recording(self, name: str) -> None:
        try:
            await self._client.send(requests.get_recording(name))
        except AriRefusedError:
            self.track.end_recording(name, is_stored=True)

    async def _go_to_queue(self, queue: str, priority: int, language: str) -> bool:
        await self._fall_silent()
        variables = {QUEUE_PRIORITY: str(priority), LANGUAGE: channel_language(language)}
        for name, value in variables.items():
            if not await self._ask(requests.set_variable(self.call_id, name, value)):
                return False
        return await self._ask(requests.continue_in_dialplan(self.call_id, QUEUE_CONTEXT, queue))

    async def _go_outside(self, effect_id: int, outside: Outside) -> bool:
        try:
            variables = variables_outside(effect_id, outside, self._dial_string)
        except ValueError as error:
            _log.error("number_not_dialled", call_id=self.call_id, error=str(error))
            return False
        await self._fall_silent()
        for name, value in variables.items():
            if not await self._ask(requests.set_variable(self.call_id, name, value)):
                return False
        return await self._ask(requests.continue_in_dialplan(self.call_id, OUTSIDE_CONTEXT))

    async def _was_answered_outside(self) -> bool:
        """Say whether the switch tells of an answer; one that it does not tell of now is told as an event."""
        return await self._known(DIAL_STATUS) == "ANSWER"

    async def _known(self, name: str) -> str | None:
        """Return a variable of the channel; None where there is none, or the switch does not say."""
        try:
            return await self._variable(name)
        except AriError as error:
            _log.warning("call_variable_not_known", call_id=self.call_id, name=name, error=str(error))
            return None

    async def _variable(self, name: str) -> str | None:
        """Return a variable of the channel; None where it has none.

        Raises AriError where the switch, asked twice, does not say.
        """
        request = requests.get_variable(self.call_id, name)
        try:
            return await self._client.send(request)
        except AriError as error:
            if _is_not_there(error):
                return None
            _log.info("call_variable_asked_again", call_id=self.call_id, name=name, error=str(error))
        try:
            return await self._client.send(request)
        except AriRefusedError as error:
            if _is_not_there(error):
                return None
            raise

    async def _fall_silent(self) -> None:
        for playback_id in self.track.speech.playback_ids:  # what follows would wait behind them
            self.track.speech.end(playback_id)
            await self._ask(requests.stop_playback(playback_id))

    async def _ask(self, request: Request[object]) -> bool:
        """Send a request; False when it was not carried out, which is logged.

        Of what is over already (404) nothing more is wanted: that is no failure. Neither is a channel that is
        ours no more (409): somebody who hangs up is taken from us a moment before their end is told.
        """
        if self.is_over:
            return True
        try:
            await self._client.send(request)
        except AriError as error:
            status = error.status if isinstance(error, AriRefusedError) else None
            log = {404: _log.debug, 409: _log.info}.get(status or 0, _log.error)
            log("call_request_failed", call_id=self.call_id, operation=request.operation, error=str(error))
            return status == 404
        return True


def _is_not_there(error: AriError) -> bool:
    """Whether the switch says for certain that there is no such thing."""
    return isinstance(error, AriRefusedError) and error.status == 404
