"""Build the engine of one data folder, start it in order, and stop it in the opposite order."""

from __future__ import annotations

import asyncio
import fcntl
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path

import structlog

from ivr.app.embedded_switch import trunks
from ivr.app.jobs import add_jobs
from ivr.app.leadership import give_up_lease, keep_lease, take_lease
from ivr.app.line import default_line, dial_strings
from ivr.app.speech import speech_of
from ivr.app.switch_connection import Fenced, connect_switch
from ivr.ari.client import AriClient
from ivr.clock import Clock, utc_now
from ivr.engine.content import Content
from ivr.engine.dispatch_attempts import Dispatcher
from ivr.engine.line import Line
from ivr.engine.pay import reconcile_payments
from ivr.engine.reconcile_calls import Reconciled, reconcile_calls
from ivr.engine.world import Owner, World
from ivr.errors import UsageError
from ivr.gateways.sandbox import SandboxGateway
from ivr.schedule import Schedule
from ivr.settings import Settings
from ivr.speech.speech import Speech
from ivr.store.customer_history import CustomerHistory
from ivr.store.sql_store import SqlStore, open_store
from ivr.telephony.ari_telephony import AriTelephony
from ivr.telephony.inbound import receive_calls
from ivr.telephony.switch_records import CelRecords

log = structlog.get_logger()

ARI_APP = "answerback"
CUSTOMER_STORE = "customer_store"
"""The outbox target that every outcome goes to: by default our own tables."""
GRACE_SECONDS = 20.0
"""How long running calls may go on when the engine is told to stop."""


class Engine:
    """A running engine."""

    def __init__(
        self, world: World, store: SqlStore, content: Content, dispatcher: Dispatcher, schedule: Schedule
    ) -> None:
        self.world = world
        self.store = store
        """For reports, which read more than the use cases do."""
        self.content = content
        self.dispatcher = dispatcher
        self._schedule = schedule
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self, clock: Clock) -> Reconciled:
        """Settle what an earlier engine left, then begin to dial."""
        world = self.world
        taken = await world.store.write(lambda tx: tx.attempts.take_over(world.owner.name, world.owner.epoch))
        live = await world.telephony.adopt_live_calls()
        reconciled = await reconcile_calls(world, self.content, taken, live, self.dispatcher.keep)
        await reconcile_payments(world)
        self._tasks = [
            asyncio.create_task(self.dispatcher.run(), name="dispatcher"),
            asyncio.create_task(keep_lease(world.store, clock, world.owner), name="lease"),
        ]
        self._schedule.start()
        return reconciled

    async def wait(self) -> None:
        """Return when something that must go on has ended; raises what ended it."""
        done, _ = await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()

    async def stop(self, grace: float) -> None:
        """No new calls; running ones finish within `grace` seconds or are closed; all are recorded."""
        self._schedule.stop()
        await self.dispatcher.stop(grace)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


@asynccontextmanager
async def running_engine(
    settings: Settings, content: Content, *, clock: Clock = utc_now, grace: float = GRACE_SECONDS
) -> AsyncIterator[Engine]:
    """Run the engine of `settings.home` while the context lasts.

    Raises UsageError when another engine works on this data folder, and StartError, StoreError or AriError
    when a part does not come up.
    """
    async with AsyncExitStack() as stack:
        settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        stack.enter_context(_only_engine_of(settings.home))
        store = await stack.enter_async_context(open_store(settings.store_url))
        owner = await take_lease(store, clock)
        stack.push_async_callback(give_up_lease, store, clock, owner)
        switch = await asyncio.to_thread(connect_switch, settings, owner.epoch)
        client = await stack.enter_async_context(_client(switch))
        await client.connect()
        known_trunks = await asyncio.to_thread(trunks, settings)
        telephony = AriTelephony(client, dial_strings(settings, known_trunks))
        stack.push_async_callback(telephony.close)
        speech = await asyncio.to_thread(speech_of, settings)
        stack.push_async_callback(speech.close)
        line = default_line(settings, known_trunks)
        engine = _assemble(settings, content, line, clock, owner, store, telephony, speech, switch)
        inbound = asyncio.create_task(receive_calls(telephony, None), name="inbound")
        stack.push_async_callback(_cancelled, inbound)
        await engine.start(clock)
        try:
            yield engine
        finally:
            await engine.stop(grace)


def _assemble(
    settings: Settings,
    content: Content,
    line: Line,
    clock: Clock,
    owner: Owner,
    store: SqlStore,
    telephony: AriTelephony,
    speech: Speech,
    switch: Fenced,
) -> Engine:
    world = World(
        store=store,
        telephony=telephony,
        speech=speech,
        gateway=SandboxGateway(settings.home / "sandbox-gateway.db"),
        records=CelRecords(telephony.client, switch.connection.cel_file if switch.is_fenced else None),
        clock=clock,
        owner=owner,
        targets={CUSTOMER_STORE: CustomerHistory(store)},
    )
    dispatcher = Dispatcher(world, content, line)
    schedule = Schedule()
    add_jobs(schedule, world, content, dispatcher)
    return Engine(world, store, content, dispatcher, schedule)


def _client(switch: Fenced) -> AriClient:
    connection = switch.connection
    return AriClient(connection.ari_url, connection.ari_user, connection.ari_password, ARI_APP)


async def _cancelled(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@contextmanager
def _only_engine_of(home: Path) -> Iterator[None]:
    """Hold the data folder's lock, which ends with this process however it ends."""
    with (home / "engine.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UsageError(
                f"another engine works on {home}; stop it first, or name another data folder with --home"
            ) from None
        yield
