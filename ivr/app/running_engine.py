"""Build the engine of one data folder, start it in order, and stop it in the opposite order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

from ivr.app.assemble import Parts, engine_of
from ivr.app.embedded_switch import trunks
from ivr.app.engine import GRACE_SECONDS, Engine
from ivr.app.folder_lock import name_in, only_engine_of, sign
from ivr.app.gateway import open_gateway
from ivr.app.leadership import leading
from ivr.app.line import causes_by_trunk, default_line, dial_strings
from ivr.app.live_money import refuse_live_money
from ivr.app.messaging import open_messaging
from ivr.app.publications import newly_published
from ivr.app.queue_sounds import tells_places
from ivr.app.reception import reception_of
from ivr.app.speech import speech_of
from ivr.app.staffing import staffing_of
from ivr.app.studio import SettingsStudio
from ivr.app.switch_connection import Fenced, connect_switch, seen_epoch
from ivr.app.vault import vault_of
from ivr.app.web import serving_api, web_access
from ivr.app.webhooks import endpoints_of
from ivr.ari.client import AriClient
from ivr.clock import Clock, utc_now
from ivr.engine.content import Contents
from ivr.settings import Settings
from ivr.speech.recording import seconds_said
from ivr.store.sql_store import SqlStore, open_store
from ivr.telephony.recordings import SpoolRecordings
from ivr.webhooks.http_webhooks import HttpWebhooks

ARI_APP = "answerback"

ContentsOf = Callable[[SqlStore], Awaitable[Contents]]
"""Gives the content to go by, once the store is open and nobody else works on the data folder."""


@asynccontextmanager
async def running_engine(
    settings: Settings, contents_of: ContentsOf, *, clock: Clock = utc_now, grace: float = GRACE_SECONDS
) -> AsyncIterator[Engine]:
    """Run the engine of `settings.home` while the context lasts.

    Raises UsageError when another engine works on this data folder, ContentError for a key, secret or token
    that can't be used, and StartError, StoreError or AriError when a part does not come up.
    """
    async with AsyncExitStack() as stack:
        settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = stack.enter_context(only_engine_of(settings.home))
        # What needs no lease comes before it: from then on people on the line wait for us.
        access = web_access(settings)
        known_trunks = await asyncio.to_thread(trunks, settings)
        line = default_line(settings, known_trunks)
        webhooks = await stack.enter_async_context(HttpWebhooks(endpoints_of(settings), clock))
        gateway = await stack.enter_async_context(open_gateway(settings))
        messaging = await stack.enter_async_context(open_messaging(settings, clock))
        speech = await asyncio.to_thread(speech_of, settings)
        stack.push_async_callback(speech.close)
        store = await stack.enter_async_context(open_store(settings.store_url))
        refuse_live_money(settings, is_live=await store.read(lambda tx: tx.controls.is_live()))
        contents = await contents_of(store)
        owner = await stack.enter_async_context(leading(store, clock, name_in(lock), seen_epoch(settings)))
        sign(lock, owner)
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
            resume_within=settings.callers.resume_within,
            queue_sounds=switch.connection.sounds_folder if tells_places(settings) else None,
            vault=vault_of(settings, dial_strings(settings, known_trunks)),
            monthly=frozenset(settings.payments.monthly),
            hosted_pages=None if settings.messages.link_base is None else gateway,
        )
        engine = await stack.enter_async_context(engine_of(parts, contents, clock=clock, grace=grace))
        if contents.live.version is not None:
            engine.follow(partial(newly_published, settings, store, contents))
        if access is not None:
            await stack.enter_async_context(serving_api(settings, access, engine.world, contents, store))
        yield engine


def _client(switch: Fenced) -> AriClient:
    connection = switch.connection
    return AriClient(connection.ari_url, connection.ari_user, connection.ari_password, ARI_APP)
