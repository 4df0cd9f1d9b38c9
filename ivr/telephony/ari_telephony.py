"""The switch as the use cases know it: dials calls and takes up those that live."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from types import MappingProxyType

import structlog

from ivr.ari import requests
from ivr.ari.client import AriClient
from ivr.ari.dispatcher import IncomingQueue
from ivr.ari.events import ChannelEvent, Dial
from ivr.ari.request import Request
from ivr.ari.values import Channel
from ivr.clock import Clock, utc_now
from ivr.engine.telephony import CallOrder, Listening
from ivr.errors import AriError, AriRefusedError, AriUnavailableError
from ivr.telephony.ari_call import AriCall
from ivr.telephony.both_sides import has_ended
from ivr.telephony.cause_map import CauseOverrides
from ivr.telephony.ears import Ears
from ivr.telephony.followers import Followers
from ivr.telephony.hand_over import calls_outside
from ivr.telephony.originate_order import originate_request
from ivr.telephony.outside import DialString
from ivr.telephony.snoop import is_snoop

_log = structlog.get_logger(__name__)


class AriTelephony:
    """Fills `Telephony` with one Stasis application at one Asterisk.

    `followers` is public for those who take calls that come in: a call is followed once.
    """

    def __init__(
        self,
        client: AriClient,
        dial_string: DialString,
        causes_by_trunk: Mapping[str, CauseOverrides] = MappingProxyType({}),
        clock: Clock = utc_now,
    ) -> None:
        self.client = client
        self.followers = Followers(client, clock)
        self._dial_string = dial_string
        self._causes_by_trunk = causes_by_trunk
        self._clock = clock
        self._listening: set[asyncio.Task[None]] = set()

    @property
    def is_ready(self) -> bool:
        """Whether events arrive, so that an answered call would be heard of."""
        return self.client.connected

    @property
    def lines_taken(self) -> int:
        """How many calls are up, those that calls of ours are connected with outside among them."""
        return len(self.followers.calls) + self.legs_outside

    @property
    def legs_outside(self) -> int:
        """How many calls of ours are connected with a number outside, or it rings there for them."""
        transfers = (call.track.transfer for call in self.followers.calls)
        return sum(transfer is not None and transfer.outside is not None for transfer in transfers)

    async def place(self, order: CallOrder) -> AriCall:
        """Dial, once.

        Raises AriRefusedError when it was certainly not dialled and AriUnavailableError when nobody knows:
        without an answer, or where a call of this id lives already.
        """
        if not self.is_ready:
            raise AriRefusedError(
                None, "the call was not placed: no event socket, nobody would hear the answer"
            )
        if order.call_id in self.followers:
            raise _lives_already(order.call_id)
        try:
            endpoint = self._dial_string(order.trunk, order.number)
        except ValueError as error:
            raise AriRefusedError(None, f"the call was not placed: {error}") from None
        with self.followers.listening(order.call_id) as listening:
            request = originate_request(order, endpoint, self.client.app)
            channel = await self._dial(request, order.call_id, listening.events)
            call = self.call_on(channel)
            self.followers.follow(call, listening)
        if order.listening is not None:
            self.listen(call.call_id, order.listening)
        return call

    def listen(self, call_id: str, listening: Listening) -> None:
        """Open ears beside a call that is followed; a call that is over needs none."""
        for call in self.followers.calls:
            if call.call_id == call_id:
                self._listen(Ears(self.client, call, listening.beeps_hz))

    async def adopt_live_calls(self) -> Sequence[AriCall]:
        """Take up the calls that the switch counts as ours and that nobody follows."""
        application = await self.client.send(requests.application_details(self.client.app))
        with ExitStack() as unfollowed:
            listening = {
                call_id: unfollowed.enter_context(self.followers.listening(call_id))
                for call_id in application.channel_ids
                if call_id not in self.followers
            }
            shown = await self.client.send(requests.list_channels())
            live = [channel for channel in shown if not is_snoop(channel)]
            for call_id in await calls_outside(self.client, live):
                if call_id not in self.followers:
                    listening[call_id] = unfollowed.enter_context(self.followers.listening(call_id))
            ours = [channel for channel in live if channel.id in listening]
            calls = [self.call_on(channel) for channel in ours]
            for call, channel in zip(calls, ours, strict=True):
                call.track.take_stock(channel, self._clock())
                await call.ask_who_took_it()
            for call in calls:
                self.followers.follow(call, listening[call.call_id])
        return calls

    def live_call_of(self, agent: str) -> str | None:
        """Return the id of the live call that this agent took last, None without one."""
        taken = [call for call in self.followers.calls if call.track.taken_by == agent]
        return taken[-1].call_id if taken else None

    async def hang_up_all(self) -> None:
        """End every live call of ours; what can't be ended now is left to its time limit at the switch."""
        ended = await asyncio.gather(
            *(call.hang_up() for call in self.followers.calls), return_exceptions=True
        )
        for error in ended:
            if isinstance(error, BaseException):
                _log.error("call_not_ended", error=str(error))

    async def end_recording(self, name: str) -> bool:
        """Ask for the end of a recording; True once it has ended and is whole."""
        return await has_ended(self.client, name)

    def call_on(self, channel: Channel) -> AriCall:
        """Return the call that is on a channel."""
        causes = self._causes_by_trunk.get(channel.trunk, CauseOverrides())
        return AriCall(self.client, channel, causes, self._dial_string)

    async def close(self) -> None:
        """Stop following and listening; the calls stay up on the switch."""
        listening = tuple(self._listening)
        for task in listening:
            task.cancel()
        await asyncio.gather(*listening, return_exceptions=True)
        await self.followers.close()

    def _listen(self, ears: Ears) -> None:
        task = asyncio.create_task(ears.listen(), name="ears")
        self._listening.add(task)
        task.add_done_callback(self._listening.discard)

    async def _dial(self, request: Request[Channel], call_id: str, events: IncomingQueue) -> Channel:
        try:
            return await self.client.send(request)
        except AriRefusedError as error:
            if error.status == 409:
                raise _lives_already(call_id) from None
            raise
        except AriError as error:
            channel = await self._channel_after_all(call_id, events)
            if channel is None:
                raise AriUnavailableError(str(error)) from error
            return channel

    async def _channel_after_all(self, call_id: str, events: IncomingQueue) -> Channel | None:
        """Return the channel of an originate that got no answer, where the switch shows that it dialled."""
        try:
            return await self.client.send(requests.get_channel(call_id))
        except AriError:
            return _channel_in(events)


def _lives_already(call_id: str) -> AriUnavailableError:
    return AriUnavailableError(
        f"the call {call_id} was not placed: one with this id lives on the switch already"
    )


def _channel_in(events: IncomingQueue) -> Channel | None:
    """Return the channel that the first of the kept events tells of; they stay kept."""
    kept = [events.get_nowait() for _ in range(events.qsize())]
    for incoming in kept:
        events.put_nowait(incoming)
    shown = (_shown_by(incoming) for incoming in kept)
    return next((channel for channel in shown if channel is not None), None)


def _shown_by(incoming: object) -> Channel | None:
    if isinstance(incoming, ChannelEvent):
        return incoming.channel
    return incoming.peer if isinstance(incoming, Dial) else None
