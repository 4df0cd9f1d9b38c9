"""All the people of a simulated telephone network, living in one process."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Iterable
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from ivr.ari import requests
from ivr.ari.client import AriClient
from ivr.carrier.call_seen import CallSeen
from ivr.carrier.ears import Ears
from ivr.carrier.exchange import Exchange
from ivr.carrier.line import Invite
from ivr.carrier.log_entry import What
from ivr.carrier.person import Person
from ivr.carrier.script import Script
from ivr.carrier.sip_refuser import SipRefuser
from ivr.carrier.switchboard import CALLING, Switchboard
from ivr.carrier.tones import write_tones
from ivr.carrier.town_log import TownLog
from ivr.clock import Clock, utc_now

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
        self._switchboard = Switchboard(self._exchange, people)
        self._engine = engine
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        await asyncio.to_thread(write_tones, self._exchange.tones)
        await self._stack.enter_async_context(self._exchange.refuser)
        self._stack.push_async_callback(self._switchboard.close)
        ready = asyncio.Event()
        running = asyncio.create_task(self._switchboard.run(ready), name="switchboard")
        self._stack.push_async_callback(_end, running)
        await ready.wait()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    def add(self, person: Person) -> None:
        """Let somebody move in; whoever had the number before has it no more."""
        self._switchboard.add(person)

    def calls(self, number: str) -> tuple[CallSeen, ...]:
        """Return the calls at one telephone so far, oldest first."""
        return self._exchange.log.calls(number)

    async def ended_calls(
        self, number: str, count: int = 1, within: timedelta = A_CALLS_TIME
    ) -> tuple[CallSeen, ...]:
        """Return the calls at one telephone once `count` are over; raises CarrierError if they go on."""

        def are_over() -> bool:
            return sum(call.ended_at is not None for call in self.calls(number)) >= count

        await self._exchange.until(are_over, within, f"the end of {count} call(s) at {number}")
        return self.calls(number)

    async def call_when(
        self, number: str, holds: Callable[[CallSeen], bool], within: timedelta = A_CALLS_TIME
    ) -> CallSeen:
        """Return the last call at a telephone once `holds` is true of it; raises CarrierError if never."""

        def is_so() -> bool:
            calls = self.calls(number)
            return bool(calls) and holds(calls[-1])

        await self._exchange.until(is_so, within, f"what was waited for in a call at {number}")
        return self.calls(number)[-1]

    async def heard(self, number: str, within: timedelta = A_CALLS_TIME) -> Path:
        """Return what a telephone recorded of its last call; raises CarrierError where it records nothing."""

        def is_recorded() -> bool:
            calls = self.calls(number)
            return bool(calls) and calls[-1].heard is not None

        await self._exchange.until(is_recorded, within, f"a recording of what was heard at {number}")
        file = self.calls(number)[-1].heard
        assert file is not None  # noqa: S101 (just waited for)
        return file

    async def call(
        self, caller: Person, to: str, *, then: Script = (), patience: timedelta = A_CALLS_TIME
    ) -> str:
        """Let a person call the engine at `to` (E.164) and follow a script when it answers.

        Returns the line as it stands in the log. Raises AriRefusedError where the engine can't be reached.
        """
        client = self._exchange.client
        invite = Invite(uuid.uuid4().hex, to, "", caller.number, "", self._exchange.clock())
        line = self._switchboard.open_line(invite, caller.number, records=caller.records)
        self._switchboard.when_through(line, then)
        line.note(What.CALLED, to=to)
        await client.send(
            requests.originate(
                f"PJSIP/{to}@{self._engine}",
                client.app,
                channel_id=invite.line,
                app_args=(CALLING,),
                caller_id=f'"{caller.name}" <{caller.number}>',
                ring_timeout=patience,
            )
        )
        return invite.line


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
