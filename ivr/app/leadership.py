"""One engine at a time: a lease in the store, renewed while we live, with an epoch that fences the others."""

from __future__ import annotations

import asyncio
import socket
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import structlog

from ivr.clock import Clock
from ivr.engine.ports import Store
from ivr.engine.world import Owner
from ivr.errors import FencedError, StoreError

log = structlog.get_logger()

LEASE = "engine"
LEASE_LENGTH = timedelta(seconds=4)
"""How long an engine's place stays taken once it is dead and nobody can tell: what a call that is up may have
to wait for its successor."""
_RENEW_SECONDS = 1.0
_RETRY_SECONDS = 0.2


@asynccontextmanager
async def leading(
    store: Store, clock: Clock, gone: str | None = None, above: int = 0
) -> AsyncIterator[Owner]:
    """Wait until no other engine holds the lease, and have it until the context ends or it is not kept.

    `gone` is an owner that is known to be dead: nobody waits for its lease to run out. The epoch is higher
    than `above`: a database that is new, or comes from a backup, may count lower than the switch has seen.
    """
    owner = await _take_lease(store, clock, gone)
    while owner.epoch <= above:
        await _give_up_lease(store, clock, owner)
        owner = await _take_lease(store, clock, None)
    try:
        yield owner
    finally:
        await _give_up_lease(store, clock, owner)


async def _take_lease(store: Store, clock: Clock, gone: str | None) -> Owner:
    name = f"{socket.gethostname()}/{uuid.uuid4().hex[:8]}"
    waited = False
    while True:
        epoch = await _renew(store, clock, name, LEASE_LENGTH, gone)
        if epoch is not None:
            log.info("this engine leads", owner=name, epoch=epoch)
            return Owner(name, epoch)
        if not waited:
            log.info("another engine leads; waiting for its lease to end")
            waited = True
        await asyncio.sleep(_RETRY_SECONDS)


async def keep_lease(store: Store, clock: Clock, owner: Owner) -> None:
    """Renew the lease until cancelled; raises FencedError once another engine has it."""
    kept_at = clock()
    while True:
        await asyncio.sleep(_RENEW_SECONDS)
        try:
            epoch = await _renew(store, clock, owner.name, LEASE_LENGTH)
        except StoreError as error:
            if clock() - kept_at > LEASE_LENGTH:
                raise
            log.warning("the lease could not be renewed; trying again", error=str(error))
            continue
        kept_at = clock()
        if epoch != owner.epoch:
            raise FencedError(f"the engine's lease went from epoch {owner.epoch} to {epoch}")


async def _give_up_lease(store: Store, clock: Clock, owner: Owner) -> None:
    """Let the next engine in at once."""
    await _renew(store, clock, owner.name, timedelta(0))


async def _renew(
    store: Store, clock: Clock, owner: str, length: timedelta, gone: str | None = None
) -> int | None:
    now = clock()
    return await store.write(lambda tx: tx.rule_runs.take_lease(LEASE, owner, now, now + length, gone))
