"""Brings the calls of the carrier's Asterisk to the people's lines, and people to life on them."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from functools import partial

import structlog

from ivr.ari import requests
from ivr.ari.events import (
    AriEvent,
    ChannelDestroyed,
    ChannelEvent,
    Dial,
    RecordingFinished,
    StasisEnd,
    StasisStart,
)
from ivr.ari.notices import Connected, Incoming, Replaced
from ivr.carrier.ari_line import HEARD, MESSAGE, AriLine, recording_name
from ivr.carrier.behaviours import Behaviour
from ivr.carrier.exchange import Exchange
from ivr.carrier.line import Invite
from ivr.carrier.log_entry import What
from ivr.carrier.person import Person
from ivr.carrier.script import Script, follow
from ivr.errors import AnswerbackError, AriRefusedError

_log = structlog.get_logger(__name__)

Life = Callable[[], Awaitable[None]]
"""What a person does with a call. A function, since a call may be over before it has begun."""
CALLING = "calling"
"""First application argument of a call that a person makes."""
_GONE = frozenset({404, 409, 412})
"""HTTP statuses with which Asterisk says that the channel was hung up in the meantime."""


class Switchboard:
    """One line for each call that is going on."""

    def __init__(self, exchange: Exchange, people: Iterable[Person]) -> None:
        self._exchange = exchange
        self._people = {person.number: person for person in people}
        self._invites: Counter[str] = Counter()
        self._lines: dict[str, AriLine] = {}
        self._lives: dict[str, asyncio.Task[None]] = {}
        self._scripts: dict[str, Script] = {}
        """What those who call somebody do when they are through."""
        self._tasks: set[asyncio.Task[None]] = set()

    def add(self, person: Person) -> None:
        """Let somebody have their number, whoever had it before; their next call is their first."""
        self._people[person.number] = person
        self._invites[person.number] = 0

    async def run(self, ready: asyncio.Event) -> None:
        """Take the carrier's events until cancelled; sets `ready` when it listens."""
        with self._exchange.client.everything() as incoming:
            ready.set()
            while True:
                self._take(await incoming.get())

    async def close(self) -> None:
        """End every life; the calls stay up in Asterisk."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def open_line(self, invite: Invite, number: str, *, records: bool) -> AriLine:
        """Make the line of a call that begins."""
        line = self._lines[invite.line] = AriLine(self._exchange, number, invite, records=records)
        return line

    def when_through(self, line: AriLine, script: Script) -> None:
        """Follow a script when the one whom the line calls has answered."""
        self._scripts[line.invite.line] = script

    def _take(self, incoming: Incoming) -> None:
        match incoming:
            case AriEvent():
                self._take_event(incoming)
                self._deliver(incoming)
            case Connected(first=False):
                self._lost_meanwhile({channel.id for channel in incoming.channels})
            case Replaced():
                _log.critical("people_replaced", app=self._exchange.client.app)
            case _:
                pass

    def _take_event(self, event: AriEvent) -> None:
        match event:
            case StasisStart():
                self._stasis_start(event)
            case StasisEnd() | ChannelDestroyed():
                self._line_ended(event)
            case RecordingFinished():
                self._recorded(event)
            case Dial(status="RINGING") if line := self._lines.get(event.peer.id):
                line.note(What.RANG)
            case _:
                pass

    def _deliver(self, event: AriEvent) -> None:
        for channel_id in event.channel_ids:
            if line := self._lines.get(channel_id):
                line.deliver(event)

    def _stasis_start(self, event: StasisStart) -> None:
        channel = event.channel
        match event.args:
            case (word, line) if word == HEARD:
                self._start(self._record(line))
            case (word,) if word == CALLING:
                self._is_through(channel.id, channel.protocol_id)
            case (dialled, attempt_id, caller_id, sip_call_id):
                self._invited(Invite(channel.id, dialled, attempt_id, caller_id, sip_call_id, event.at))
            case _:
                _log.error("people_call_without_arguments", channel=channel.id, count=len(event.args))

    def _invited(self, invite: Invite) -> None:
        person = self._people.get(invite.dialled)
        records = person is not None and person.records
        line = self.open_line(invite, invite.dialled, records=records)
        line.note(
            What.INVITED,
            attempt_id=invite.attempt_id,
            caller_id=invite.caller_id,
            sip_call_id=invite.sip_call_id,
        )
        if person is None:
            self._live(line, partial(line.refuse, 404))
            return
        self._live(line, partial(_meet, line, person.meets(self._invites[person.number])))
        self._invites[person.number] += 1

    def _is_through(self, channel_id: str, sip_call_id: str) -> None:
        line = self._lines.get(channel_id)
        if line is not None:
            line.was_answered(sip_call_id)
            self._live(line, partial(_talk, line, self._scripts.pop(channel_id, ())))

    def _live(self, line: AriLine, life: Life) -> None:
        self._lives[line.invite.line] = self._start(_survive(line, life))

    def _line_ended(self, event: ChannelEvent) -> None:
        cause = str(event.cause) if isinstance(event, ChannelDestroyed) else ""
        if line := self._lines.get(event.channel.id):
            self._close_line(line, "person" if line.ended_by_person else "far_end", cause)

    def _lost_meanwhile(self, alive: set[str]) -> None:
        """The event socket was down: calls that are gone now ended while nobody looked."""
        for line in [line for channel_id, line in self._lines.items() if channel_id not in alive]:
            self._close_line(line, "unknown", "")

    def _close_line(self, line: AriLine, by: str, cause: str) -> None:
        channel_id = line.invite.line
        del self._lines[channel_id]
        self._scripts.pop(channel_id, None)
        life = self._lives.pop(channel_id, None)
        if life is not None and not line.ended_by_person:
            life.cancel()
        line.note(What.ENDED, by=by, cause=cause)

    async def _record(self, line: str) -> None:
        name = recording_name(HEARD, line)
        try:
            await self._exchange.client.send(requests.record(name, name, if_exists="overwrite"))
        except AriRefusedError as error:
            if error.status not in _GONE:
                raise

    def _recorded(self, event: RecordingFinished) -> None:
        kind, _, line = event.recording.name.partition("-")
        what = {HEARD: What.RECORDED, MESSAGE: What.TOOK_MESSAGE}.get(kind)
        number = self._exchange.log.number_of(line)
        if what is not None and number is not None:
            file = self._exchange.recording_file(event.recording.name)
            self._exchange.note(number, line, what, file=str(file))

    def _start(self, work: Coroutine[object, object, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


async def _meet(line: AriLine, behaviour: Behaviour) -> None:
    await behaviour.meet(line)
    line.note(What.DID_ALL)


async def _talk(line: AriLine, script: Script) -> None:
    await line.get_ready()
    await follow(script, line)
    line.note(What.DID_ALL)


async def _survive(line: AriLine, life: Life) -> None:
    """Live through a call; a caller who hangs up at the very moment of a request is no failure."""
    try:
        await life()
    except AriRefusedError as error:
        if error.status not in _GONE:
            line.note(What.FAILED, error=str(error))
    except AnswerbackError as error:
        line.note(What.FAILED, error=str(error))
        await line.hang_up()
