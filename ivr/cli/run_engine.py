"""The engine in the foreground, until Ctrl-C or SIGTERM."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine
from contextlib import AsyncExitStack, suppress
from functools import partial
from typing import Any, TypeVar

from ivr.app.publications import published_contents
from ivr.app.running_engine import running_engine
from ivr.settings import Settings

T = TypeVar("T")


async def run_engine(settings: Settings, grace: float) -> None:
    """Run the engine; running calls get `grace` seconds when it stops."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with AsyncExitStack() as stack:
        running = running_engine(settings, partial(published_contents, settings), grace=grace)
        # Coming up may take for ever: another engine may hold the lease.
        engine = await _unless(stop, stack.enter_async_context(running))
        if engine is not None:
            await _unless(stop, engine.wait())


async def _unless(stop: asyncio.Event, work: Coroutine[Any, Any, T]) -> T | None:
    """Return what `work` returns; None when `stop` comes first: then the work is broken off."""
    working, stopped = asyncio.create_task(work), asyncio.create_task(stop.wait())
    await asyncio.wait({working, stopped}, return_when=asyncio.FIRST_COMPLETED)
    for task in (working, stopped):
        task.cancel()
    with suppress(asyncio.CancelledError):
        await stopped
    with suppress(asyncio.CancelledError):
        return await working
    return None
