"""All the people of a simulated telephone network, living in one process."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Coroutine, Iterable
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

import structlog

from ivr.ari import requests
from ivr.ari.client import AriClient
from ivr.ari.events import (
    AriEvent,
    ChannelDestroyed,
    ChannelEvent,
    Dial,
    RecordingEvent,
    RecordingFinished,
    StasisEnd,
    StasisStart,
)
from ivr.ari.notices import Connected, Incoming, Replaced
from ivr.carrier.ari_line import AriLine, snoop_of
from ivr.carrier.ears import Ears
from ivr.carrier.exchange import Exchange
from ivr.carrier.line import Invite
from ivr.carrier.person import Person
from ivr.carrier.person_log import CallSeen, TownLog, What
from ivr.carrier.script import Script, follow
from ivr.carrier.sip_refuser import SipRefuser
from ivr.carrier.tones import write_tones
from ivr.clock import Clock, utc_now
from ivr.errors import AnswerbackError, AriRefusedError

_log = structlog.get_logger(__name__)

_GONE = frozenset({404, 409, 412})
"""HTTP statuses with which Asterisk says that the channel was hung up in the meantime."""
A_CALLS_TIME = timedelta(seconds=60)
"""How long the questions about a call wait for it by default."""


class Town:
    """People with telephones; they take calls while the context lasts.

    `client` is connected to the carrier's Asterisk and belongs to the town alone.
    """

    def __init__(
        self,
        client: AriClient,
        people: Iterable[Person] = (),
        *,
        log: TownLog,
        recordings: Path,
        tones: Path,
        engine: str = "engine",
        ears: Ears | None = None,
        clock: Clock = utc_now,
    ) -> None:
        """`recordings` is where the carrier's Asterisk records; `tones` a folder that it can read.

        `engine` is the carrier's endpoint through which people call the engine.
        """
        self._exchange = Exchange(client, log, clock, tones, recordings, SipRefuser(), ears)
        self._engine = engine
        self._people = {person.number: person for person in people}
        self._lines: dict[str, AriLine] = {}
        self._lives: dict[str, asyncio.Task[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._reader: asyncio.Task[None] | None = None
        self._callers: dict[str, Script] = {}

    async def __aenter__(self) -> Self:
        await asyncio.to_thread(write_tones, self._exchange.tones)
        await self._exchange.refuser.__aenter__()
        ready = asyncio.Event()
        self._reader = asyncio.create_task(self._read(ready), name="town")
        await ready.wait()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        tasks = [*self._tasks, *([self._reader] if self._reader else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._exchange.refuser.__aexit__(kind, error, trace)

    def add(self, person: Person) -> None:
        """Let somebody move in; whoever had the number before has it no more."""
        self._people[person.number] = person

    def calls(self, number: str) -> tuple[CallSeen, ...]:
        """Return the calls at one telephone so far, oldest first."""
        return self._exchange.log.calls(number)

    async def ended_calls(
        self, number: str, count: int = 1, within: timedelta = A_CALLS_TIME
    ) -> tuple[CallSeen, ...]:
        """Return the calls at one telephone when `count` of them are over; raises CarrierError if they don't end."""

        def are_over() -> bool:
            return sum(call.ended_at is not None for call in self.calls(number)) >= count

        await self._exchange.until(are_over, within, f"the end of {count} call(s) at {number}")
        return self.calls(number)

    async def heard(self, number: str, within: timedelta = A_CALLS_TIME) -> Path:
        """Return what was heard in the last call at a telephone that records, once it is over."""

        def is_recorded() -> bool:
            calls = self.calls(number)
            return bool(calls) and calls[-1].heard is not None

        await self._exchange.until(is_recorded, within, f"a recording of what was heard at {number}")
        return self._exchange.recording_file(snoop_of(self.calls(number)[-1].line))

    async def call(
        self,
        caller: Person,
        to: str,
        *,
        then: Script = (),
        patience: timedelta = timedelta(seconds=60),
    ) -> str:
        """Let a person call the engine at `to` (E.164) and follow a script when it answers.

        Returns the line, as it stands in the log. Raises AriRefusedError where the engine can't be reached.
        """
        client = self._exchange.client
        line = uuid.uuid4().hex
        invite = Invite(line, to, "", caller.number, "", self._exchange.clock())
        self._lines[line] = AriLine(self._exchange, caller.number, invite, records=caller.records)
        self._callers[line] = then
        self._exchange.note(caller.number, line, What.CALLED, to=to)
        await client.send(
            requests.originate(
                f"PJSIP/{to}@{self._engine}",
                client.app,
                channel_id=line,
                app_args=("calling",),
                caller_id=f'"{caller.name}" <{caller.number}>',
                ring_timeout=patience,
            )
        )
        return line

    async def _read(self, ready: asyncio.Event) -> None:
        with self._exchange.client.everything() as incoming:
            ready.set()
            while True:
                self._take(await incoming.get())

    def _take(self, incoming: Incoming) -> None:
        match incoming:
            case StasisStart():
                self._stasis_start(incoming)
            case StasisEnd() | ChannelDestroyed():
                self._line_ended(incoming)
            case RecordingFinished():
                self._recorded(incoming)
            case Dial(status="RINGING") if line := self._lines.get(incoming.peer.id):
                line.note(What.RANG)
            case Connected(first=False):
                self._lost_while_away({channel.id for channel in incoming.channels})
            case Replaced():
                _log.critical("people_replaced", app=self._exchange.client.app)
            case AriEvent():
                pass
        if isinstance(incoming, AriEvent):
            for channel_id in incoming.channel_ids:
                if line := self._lines.get(channel_id):
                    line.deliver(incoming)

    def _stasis_start(self, event: StasisStart) -> None:
        match event.args:
            case ("heard", _number, line):
                self._start(self._record(line))
            case ("calling",):
                self._caller_is_through(event.channel.id, event.channel.protocol_id)
            case (dialled, attempt_id, caller_id, sip_call_id):
                self._invited(Invite(event.channel.id, dialled, attempt_id, caller_id, sip_call_id, event.at))
            case _:
                _log.error("people_call_without_arguments", channel=event.channel.id, count=len(event.args))

    def _invited(self, invite: Invite) -> None:
        person = self._people.get(invite.dialled)
        line = AriLine(self._exchange, invite.dialled, invite, records=bool(person and person.records))
        self._lines[invite.line] = line
        line.note(
            What.INVITED,
            attempt_id=invite.attempt_id,
            caller_id=invite.caller_id,
            sip_call_id=invite.sip_call_id,
        )
        self._live(line, line.refuse(404) if person is None else person.does.meet(line))

    def _caller_is_through(self, channel_id: str, sip_call_id: str) -> None:
        line = self._lines.get(channel_id)
        if line is None:
            return
        line.was_answered(sip_call_id)
        self._live(line, self._talk(line, self._callers.pop(channel_id, ())))

    async def _talk(self, line: AriLine, script: Script) -> None:
        await line.get_ready()
        await follow(script, line)

    def _live(self, line: AriLine, life: Coroutine[object, object, None]) -> None:
        self._lives[line.invite.line] = self._start(_survive(line, life))

    def _line_ended(self, event: ChannelEvent) -> None:
        line = self._lines.pop(event.channel.id, None)
        if line is None:
            return
        life = self._lives.pop(event.channel.id, None)
        if life is not None and not line.ended_by_person:
            life.cancel()
        self._callers.pop(event.channel.id, None)
        cause = str(event.cause) if isinstance(event, ChannelDestroyed) else ""
        line.note(What.ENDED, by="person" if line.ended_by_person else "far_end", cause=cause)

    def _lost_while_away(self, alive: set[str]) -> None:
        for channel_id in self._lines.keys() - alive:
            line = self._lines.pop(channel_id)
            if life := self._lives.pop(channel_id, None):
                life.cancel()
            line.note(What.ENDED, by="unknown", cause="")

    async def _record(self, line: str) -> None:
        name = snoop_of(line)
        try:
            await self._exchange.client.send(requests.record(name, name, if_exists="overwrite"))
        except AriRefusedError as error:
            if error.status not in _GONE:
                raise

    def _recorded(self, event: RecordingEvent) -> None:
        kind, _, line = event.recording.name.partition("-")
        what = {"heard": What.RECORDED, "message": What.TOOK_MESSAGE}.get(kind)
        number = self._exchange.log.number_of(line)
        if what is not None and number is not None:
            file = self._exchange.recording_file(event.recording.name)
            self._exchange.note(number, line, what, file=str(file))

    def _start(self, work: Coroutine[object, object, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


async def _survive(line: AriLine, life: Coroutine[object, object, None]) -> None:
    """Live through a call; a caller who hangs up at the very moment of a request is no failure."""
    try:
        await life
    except AriRefusedError as error:
        if error.status not in _GONE:
            line.note(What.FAILED, error=str(error))
    except AnswerbackError as error:
        line.note(What.FAILED, error=str(error))
        await line.hang_up()
