"""Build the engine of one data folder, start it in order, and stop it in the opposite order."""

from __future__ import annotations

import asyncio
import fcntl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TextIO

import structlog

from ivr.app.embedded_switch import trunks
from ivr.app.gateway import open_gateway
from ivr.app.jobs import add_jobs, schedule_rules
from ivr.app.leadership import keep_lease, leading
from ivr.app.line import causes_by_trunk, default_line, dial_strings
from ivr.app.messaging import open_messaging
from ivr.app.publications import newly_published
from ivr.app.reception import reception_of
from ivr.app.speech import speech_of
from ivr.app.staffing import staffing_of
from ivr.app.studio import SettingsStudio
from ivr.app.switch_connection import Fenced, connect_switch, seen_epoch
from ivr.app.vault import vault_of
from ivr.app.web import serving_api
from ivr.app.webhooks import endpoints_of
from ivr.ari.client import AriClient
from ivr.ari.notices import Replaced
from ivr.clock import Clock, utc_now
from ivr.engine.content import Content, Contents
from ivr.engine.dispatch_attempts import Dispatcher
from ivr.engine.line import Line
from ivr.engine.messaging import Messaging
from ivr.engine.ports.staffing import Staffing
from ivr.engine.prepare_reception import prepare_reception
from ivr.engine.receive_call import receive_call
from ivr.engine.reception import Reception
from ivr.engine.reconcile_calls import Reconciled, reconcile_calls
from ivr.engine.reconcile_payments import reconcile_payments
from ivr.engine.reconcile_received_calls import reconcile_received_calls
from ivr.engine.telephony import IncomingCall, LiveCall, Vault
from ivr.engine.world import Owner, Studio, Webhooks, World
from ivr.errors import AriError, FencedError, UsageError
from ivr.payments.gateway import CardKeeper, PaymentGateway
from ivr.schedule import Schedule
from ivr.settings import Settings
from ivr.speech.recording import seconds_said
from ivr.speech.speech import Speech
from ivr.store.customer_history import CustomerHistory
from ivr.store.sql_store import SqlStore, open_store
from ivr.telephony.ari_telephony import AriTelephony, DialString
from ivr.telephony.cause_map import CauseOverrides
from ivr.telephony.inbound import receive_calls
from ivr.telephony.recordings import SpoolRecordings
from ivr.telephony.switch_records import CelRecords
from ivr.webhooks.http_webhooks import HttpWebhooks

log = structlog.get_logger()

ARI_APP = "answerback"
CUSTOMER_STORE = "customer_store"
"""The outbox target that every outcome goes to: by default our own tables."""
PUBLICATION_SECONDS = 1.0
GRACE_SECONDS = 20.0
"""How long running calls may go on when the engine is told to stop."""


ContentsOf = Callable[[SqlStore], Awaitable[Contents]]
"""Gives the content to go by, once the store is open and nobody else works on the data folder."""


class Engine:
    """A running engine."""

    def __init__(
        self,
        world: World,
        store: SqlStore,
        contents: Contents,
        dispatcher: Dispatcher,
        schedule: Schedule,
        reception: Reception,
    ) -> None:
        self.world = world
        self.store = store
        """For reports, which read more than the use cases do."""
        self.contents = contents
        self.dispatcher = dispatcher
        self._schedule = schedule
        self._tasks: list[asyncio.Task[None]] = []
        self._reception = reception
        self._rendering: asyncio.Task[None] | None = None

    async def start(self, clock: Clock, live: Sequence[LiveCall]) -> Reconciled:
        """Settle what an earlier engine left, of which `live` calls are up, then begin to dial."""
        world = self.world
        self._tasks = [asyncio.create_task(keep_lease(world.store, clock, world.owner), name="lease")]
        taken = await world.store.write(lambda tx: tx.attempts.take_over(world.owner.name, world.owner.epoch))
        reconciled = await reconcile_calls(world, self.contents, taken, live, self.dispatcher.keep)
        await reconcile_received_calls(world, self.contents, {call.call_id for call in live})
        await reconcile_payments(world)
        self._tasks.append(asyncio.create_task(self.dispatcher.run(), name="dispatcher"))
        self._schedule.start()
        self._render_for_callers()
        return reconciled

    async def serve(self, call: LiveCall, incoming: IncomingCall) -> bool:
        """Talk with a caller to the end; False when nobody serves that number, or no more today."""
        if self.dispatcher.is_stopping:
            return False
        keep = self.dispatcher.keep
        return await receive_call(self.world, self.contents, self._reception, keep, call, incoming)

    def follow(self, newly_published: Callable[[], Awaitable[Content | None]]) -> None:
        """Ask every second what was published: new calls go by it at once, those that are up never."""

        async def look(_ticks: Sequence[datetime]) -> None:
            if (content := await newly_published()) is not None:
                self.contents.go_live(content)
                self._render_for_callers()
                schedule_rules(self._schedule, self.world, self.contents, self.dispatcher)
                log.info("new content is live", version=content.version)

        self._schedule.every(PUBLICATION_SECONDS, "publications", look)

    def _render_for_callers(self) -> None:
        """Make what callers will hear, beside everything else."""
        if self._rendering is not None:
            self._rendering.cancel()
        preparing = prepare_reception(self.world, self.contents.live, self._reception)
        self._rendering = asyncio.create_task(preparing, name="speech for callers")

    def must_go_on(self, task: asyncio.Task[None]) -> None:
        """Count a task among those without which the engine is of no use."""
        self._tasks.append(task)

    async def wait(self) -> None:
        """Return when something that must go on has ended; raises what ended it."""
        done, _ = await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()

    async def stop(self, grace: float) -> None:
        """No new calls; running ones finish within `grace` seconds or are closed; all are recorded.

        Once another engine has taken over nothing of that is ours to do: the calls are left to it.
        """
        self._schedule.stop()
        if self._is_fenced:
            await self.dispatcher.let_go()
        else:
            await self.dispatcher.stop(grace)
        await self._end_tasks()

    async def let_go(self) -> None:
        """Stop at once and leave the calls up, for the next engine to take over."""
        self._schedule.stop()
        await self.dispatcher.let_go()
        await self._end_tasks()

    @property
    def _is_fenced(self) -> bool:
        ended = (task for task in self._tasks if task.done() and not task.cancelled())
        return any(isinstance(task.exception(), FencedError) for task in ended)

    async def _end_tasks(self) -> None:
        tasks = [*self._tasks, *([self._rendering] if self._rendering else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@dataclass(frozen=True, slots=True)
class Parts:
    """What an engine is put together from."""

    store: SqlStore
    owner: Owner
    client: AriClient
    """Connected."""
    cel_file: Path | None
    """The switch's own records, where they can be read; else None."""
    recordings: SpoolRecordings
    studio: Studio
    dial_string: DialString
    line: Line
    reception: Reception
    speech: Speech
    gateway: PaymentGateway
    webhooks: Webhooks
    causes: Mapping[str, CauseOverrides] = field(default_factory=dict)
    """What trunks mean by codes that they use in a way of their own."""
    cards: CardKeeper | None = None
    """None: cards may not be keyed in."""
    messaging: Messaging = field(default_factory=Messaging)
    staffing: Staffing | None = None
    """None: nobody knows who is free."""
    is_fenced: bool = False
    """Whether earlier owners were cut off at the switch, so that what was not dialled never will be."""
    keep_remarks: timedelta = timedelta(days=90)
    """How long what somebody was asked to say is kept."""
    vault: Vault | None = None


@asynccontextmanager
async def running_engine(
    settings: Settings, contents_of: ContentsOf, *, clock: Clock = utc_now, grace: float = GRACE_SECONDS
) -> AsyncIterator[Engine]:
    """Run the engine of `settings.home` while the context lasts.

    Raises UsageError when another engine works on this data folder, and StartError, StoreError or AriError
    when a part does not come up.
    """
    async with AsyncExitStack() as stack:
        settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = stack.enter_context(_only_engine_of(settings.home))
        # What needs no lease comes before it: from then on people on the line wait for us.
        known_trunks = await asyncio.to_thread(trunks, settings)
        line = default_line(settings, known_trunks)
        webhooks = await stack.enter_async_context(HttpWebhooks(endpoints_of(settings), clock))
        gateway = await stack.enter_async_context(open_gateway(settings))
        messaging = await stack.enter_async_context(open_messaging(settings, clock))
        speech = await asyncio.to_thread(speech_of, settings)
        stack.push_async_callback(speech.close)
        store = await stack.enter_async_context(open_store(settings.store_url))
        contents = await contents_of(store)
        owner = await stack.enter_async_context(leading(store, clock, _name_in(lock), seen_epoch(settings)))
        _sign(lock, owner)
        switch = await asyncio.to_thread(connect_switch, settings, owner.epoch)
        client = await stack.enter_async_context(_client(switch))
        await client.connect()
        staffing = await stack.enter_async_context(staffing_of(switch.connection))
        parts = Parts(
            store=store,
            owner=owner,
            client=client,
            cel_file=switch.connection.cel_file,
            recordings=SpoolRecordings(
                switch.connection.recording_folder, settings.home / "recordings", seconds_said
            ),
            studio=SettingsStudio(settings),
            dial_string=dial_strings(settings, known_trunks),
            line=line,
            reception=reception_of(settings),
            speech=speech,
            gateway=gateway,
            webhooks=webhooks,
            causes=causes_by_trunk(known_trunks),
            cards=gateway if settings.payments.card_keying else None,
            messaging=messaging,
            staffing=staffing,
            is_fenced=switch.is_fenced,
            keep_remarks=settings.recordings.keep_remarks,
            vault=vault_of(settings, dial_strings(settings, known_trunks)),
        )
        engine = await stack.enter_async_context(engine_of(parts, contents, clock=clock, grace=grace))
        if contents.live.version is not None:
            engine.follow(partial(newly_published, settings, store, contents))
        if settings.web.enabled:
            await stack.enter_async_context(serving_api(settings, engine.world, contents, store))
        yield engine


@asynccontextmanager
async def engine_of(
    parts: Parts, contents: Contents, *, clock: Clock = utc_now, grace: float = GRACE_SECONDS
) -> AsyncIterator[Engine]:
    """Run the engine that `parts` make while the context lasts; the parts are not closed at its end."""
    async with AsyncExitStack() as stack:
        telephony = AriTelephony(parts.client, parts.dial_string, parts.causes)
        stack.push_async_callback(telephony.close)
        engine = _assemble(parts, contents, clock, telephony)
        # Calls of the last engine are adopted before anybody takes what is answered for a call that came in.
        live = await telephony.adopt_live_calls()
        receiving = receive_calls(telephony, engine.serve)
        inbound = asyncio.create_task(receiving, name="inbound")
        stack.push_async_callback(_cancelled, inbound)
        try:
            await engine.start(clock, live)
        except BaseException:
            await engine.let_go()
            raise
        log.info("this engine takes and places calls")
        engine.must_go_on(asyncio.create_task(_until_replaced(parts.client), name="replacement"))
        try:
            yield engine
        finally:
            await engine.stop(grace)


def _assemble(parts: Parts, contents: Contents, clock: Clock, telephony: AriTelephony) -> Engine:
    world = World(
        store=parts.store,
        telephony=telephony,
        speech=parts.speech,
        recordings=parts.recordings,
        studio=parts.studio,
        gateway=parts.gateway,
        webhooks=parts.webhooks,
        records=CelRecords(parts.client, parts.cel_file, is_fenced=parts.is_fenced),
        clock=clock,
        owner=parts.owner,
        targets={CUSTOMER_STORE: CustomerHistory(parts.store)},
        cards=parts.cards,
        messaging=parts.messaging,
        keep_remarks=parts.keep_remarks,
        vault=parts.vault,
        staffing=parts.staffing,
    )
    dispatcher = Dispatcher(world, contents, parts.line)
    schedule = Schedule()
    add_jobs(schedule, world, contents, dispatcher)
    return Engine(world, parts.store, contents, dispatcher, schedule, parts.reception)


async def _until_replaced(client: AriClient) -> None:
    """Raise AriError once another client has taken our application: nothing is heard any more."""
    with client.everything() as incoming:
        while not isinstance(await incoming.get(), Replaced):
            pass
    raise AriError(f"another client took the application {client.app!r}: this engine hears no call any more")


def _client(switch: Fenced) -> AriClient:
    connection = switch.connection
    return AriClient(connection.ari_url, connection.ari_user, connection.ari_password, ARI_APP)


async def _cancelled(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@contextmanager
def _only_engine_of(home: Path) -> Iterator[TextIO]:
    """Hold the data folder's lock, which ends with this process however it ends."""
    with (home / "engine.lock").open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UsageError(
                f"another engine works on {home}; stop it first, or name another data folder with --home"
            ) from None
        yield lock


def _name_in(lock: TextIO) -> str | None:
    """Return the engine that held the lock before us: it is dead, or the lock would not be ours."""
    lock.seek(0)
    return lock.read() or None


def _sign(lock: TextIO, owner: Owner) -> None:
    lock.truncate(0)
    lock.write(owner.name)
    lock.flush()
