"""Run the demo: people move in, customers are imported, the engine starts, and all goes by itself."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ivr.app.demo.case import Seen, Stored
from ivr.app.demo.sample import Sample
from ivr.app.embedded_switch import carrier_instance, engine_instance
from ivr.app.engine import Engine
from ivr.app.running_engine import running_engine
from ivr.ari.client import AriClient
from ivr.attempts.attempt import TERMINAL
from ivr.carrier.call_seen import CallSeen
from ivr.carrier.prompt_listener import PromptListener
from ivr.carrier.town import Town
from ivr.carrier.town_log import TownLog
from ivr.clock import utc_now
from ivr.engine.content import Content, Contents
from ivr.engine.import_customers import import_customers
from ivr.engine.opt_out import opt_out
from ivr.engine.ports import Transaction
from ivr.gateways.sandbox import SandboxGateway
from ivr.settings import Settings
from ivr.store.reports import alert_lines, attempt_lines, customer_lines
from ivr.store.sql_store import SqlStore
from ivr.store.transaction import SqlTransaction
from ivr.switch.configuration import PEOPLE_APP
from ivr.switch.connection import SwitchConnection

LONGEST_SECONDS = 240.0
"""A demo that is not over by then is stopped; what has no end then counts as lost."""
GRACE_SECONDS = 1.0
"""How long calls may go on when the demo is broken off."""
_LISTENER_APP = "demo-listener"
_LOOK_SECONDS = 0.5
_QUIET_LOOKS = 3
"""So often in a row nothing is left to do, which spans a tick of the demo's rule, before it is over."""


@dataclass(frozen=True, slots=True)
class Look:
    """The demo at one moment."""

    seconds: float
    """Since the first customer was in the store."""
    stored: Stored
    calls: Mapping[str, Sequence[CallSeen]]
    """By telephone number."""
    heard: Mapping[str, str]
    """The last words that were played on each call that is going on, by attempt."""


class Demo:
    """A demo that is going on."""

    def __init__(
        self, sample: Sample, engine: Engine, log: TownLog, listener: PromptListener, home: Path
    ) -> None:
        self._sample = sample
        self._engine = engine
        self._log = log
        self._listener = listener
        self._gateway = SandboxGateway(home / "sandbox-gateway.db")
        self._began = time.monotonic()

    async def looks(self) -> AsyncIterator[Look]:
        """Yield how it stands, again and again, until nothing is left to be done; the last one is the end.

        Raises what ended the engine, should something.
        """
        quiet = 0
        engine = asyncio.create_task(self._engine.wait())
        try:
            while True:
                look = await self._look()
                yield look
                quiet = quiet + 1 if self._is_quiet(look) else 0
                if quiet >= _QUIET_LOOKS or look.seconds > LONGEST_SECONDS:
                    return
                done, _ = await asyncio.wait([engine], timeout=_LOOK_SECONDS)
                if done:
                    engine.result()
        finally:
            engine.cancel()

    async def seen(self) -> Seen:
        """Return what the people and the payment provider know."""
        return Seen(
            calls=self._calls(),
            charges=tuple(await self._gateway.charges()),
            opted_out_before=self._sample.opted_out,
            agents=tuple(agent.number for agent in self._sample.agents),
        )

    async def _look(self) -> Look:
        hosted = [charge.intent_id for charge in await self._gateway.charges() if charge.is_hosted]
        stored = await self._engine.store.read(partial(_stored, hosted))
        calls = self._calls()
        return Look(time.monotonic() - self._began, stored, calls, self._heard(calls))

    def _heard(self, calls: Mapping[str, Sequence[CallSeen]]) -> Mapping[str, str]:
        live = [call for each in calls.values() for call in each if call.attempt_id and call.ended_at is None]
        played = {call.attempt_id: self._listener.played(call.sip_call_id) for call in live}
        return {attempt_id: words[-1] for attempt_id, words in played.items() if words}

    def _calls(self) -> Mapping[str, Sequence[CallSeen]]:
        numbers = dict.fromkeys(entry.number for entry in self._log.entries())
        return {number: self._log.calls(number) for number in numbers}

    def _is_quiet(self, look: Look) -> bool:
        attempts = look.stored.attempts
        return (
            bool(attempts)
            and all(attempt.state in TERMINAL for attempt in attempts)
            and self._engine.dispatcher.busy == 0
            and all(call.ended_at is not None for calls in look.calls.values() for call in calls)
        )


@asynccontextmanager
async def running_demo(settings: Settings, content: Content, sample: Sample) -> AsyncIterator[Demo]:
    """Run the demo of `settings`, whose Asterisks run already, while the context lasts.

    First the engine, then people with telephones, then customers who are called.
    """

    async def unpublished(_store: SqlStore) -> Contents:
        return Contents(content)

    async with AsyncExitStack() as stack:
        log = stack.enter_context(TownLog(settings.home / "people.jsonl"))
        engine = await stack.enter_async_context(running_engine(settings, unpublished, grace=GRACE_SECONDS))
        listener = await stack.enter_async_context(_town(settings, sample, log))
        demo = Demo(sample, engine, log, listener, settings.home)
        await _bring_in(engine.store, sample)
        yield demo


@asynccontextmanager
async def _town(settings: Settings, sample: Sample, log: TownLog) -> AsyncIterator[PromptListener]:
    carrier = carrier_instance(settings)
    # Only now: a starting engine changes its Asterisk's passwords, so that an older one is cut off.
    engine = engine_instance(settings).connection()
    async with (
        _client(engine, _LISTENER_APP) as listening,
        PromptListener(listening) as listener,
        _client(carrier.connection(), PEOPLE_APP) as people,
        Town(
            people,
            (*sample.people, *sample.agents),
            log=log,
            recordings=carrier.recording_folder,
            tones=carrier.media_folder / "tones",
            ears=listener,
        ),
    ):
        yield listener


@asynccontextmanager
async def _client(connection: SwitchConnection, app: str) -> AsyncIterator[AriClient]:
    async with AriClient(connection.ari_url, connection.ari_user, connection.ari_password, app) as client:
        await client.connect()
        yield client


async def _bring_in(store: SqlStore, sample: Sample) -> None:
    """Import the customers; the word of those who opted out is there before them."""
    numbers = {record.customer.id: record.contact_points[0].address for record in sample.records}

    def remember_opt_outs(tx: Transaction) -> None:
        for customer_id in sample.opted_out:
            opt_out(tx, customer_id, numbers[customer_id], None, "sample", utc_now())

    await store.write(remember_opt_outs)
    await import_customers(store, sample.records)


def _stored(hosted: Sequence[str], tx: SqlTransaction) -> Stored:
    """Return what the store says, and who pays by the intents that were charged on the provider's page."""
    intents = [intent for each in hosted if (intent := tx.payments.get(each)) is not None]
    accounts = [(intent.id, tx.customers.account(intent.account_id)) for intent in intents]
    payers = {intent_id: account.customer_id for intent_id, account in accounts if account is not None}
    return Stored(customer_lines(tx), attempt_lines(tx), alert_lines(tx), payers)
