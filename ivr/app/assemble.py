"""What an engine is put together from, and how."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path

import structlog

from ivr.app.engine import GRACE_SECONDS, Engine
from ivr.app.jobs import add_jobs
from ivr.app.queue_sounds import put_queue_sounds
from ivr.ari.client import AriClient
from ivr.ari.notices import Replaced
from ivr.clock import Clock, utc_now
from ivr.engine.content import Contents
from ivr.engine.dispatch_attempts import Dispatcher
from ivr.engine.line import Line
from ivr.engine.messaging import Messaging
from ivr.engine.ports.staffing import Staffing
from ivr.engine.reception import Reception
from ivr.engine.telephony import Vault
from ivr.engine.way_out import WayOut
from ivr.engine.world import Owner, Studio, Webhooks, World
from ivr.errors import AriError
from ivr.payments.gateway import CardKeeper, HostedPages, PaymentGateway
from ivr.payments.monthly import Monthly
from ivr.schedule import Schedule
from ivr.speech.speech import Speech
from ivr.store.customer_history import CustomerHistory
from ivr.store.sql_store import SqlStore
from ivr.telephony.ari_telephony import AriTelephony
from ivr.telephony.cause_map import CauseOverrides
from ivr.telephony.inbound import receive_calls
from ivr.telephony.outside import DialString
from ivr.telephony.recordings import SpoolRecordings
from ivr.telephony.switch_records import CelRecords

log = structlog.get_logger()

CUSTOMER_STORE = "customer_store"
"""The outbox target that every outcome goes to: by default our own tables."""


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
    resume_within: timedelta = timedelta(minutes=10)
    """So long after a call broke off whoever calls again goes on where it was."""
    monthly: frozenset[Monthly] = frozenset()
    """What is offered to customers who have paid, for the months that come."""
    queue_sounds: Path | None = None
    """Where sounds for who waits in a queue are put; None: Asterisk has its own."""
    hosted_pages: HostedPages | None = None
    """The provider's pages for customers to pay on; None: there are no links to send them by."""


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
    way_out = WayOut(parts.line, clock)
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
        resume_within=parts.resume_within,
        vault=parts.vault,
        monthly=parts.monthly,
        staffing=parts.staffing,
        way_out=way_out,
        hosted_pages=parts.hosted_pages,
    )
    dispatcher = Dispatcher(world, contents, way_out)
    schedule = Schedule()
    add_jobs(schedule, world, contents, dispatcher)
    prepare_more = None
    if parts.queue_sounds is not None:
        prepare_more = partial(put_queue_sounds, parts.speech, folder=parts.queue_sounds)
    return Engine(world, parts.store, contents, dispatcher, schedule, parts.reception, prepare_more)


async def _until_replaced(client: AriClient) -> None:
    """Raise AriError once another client has taken our application: nothing is heard any more."""
    with client.everything() as incoming:
        while not isinstance(await incoming.get(), Replaced):
            pass
    raise AriError(f"another client took the application {client.app!r}: this engine hears no call any more")


async def _cancelled(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
