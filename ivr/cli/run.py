"""`ivr run`: the engine, until told to stop."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine
from contextlib import AsyncExitStack, suppress
from functools import partial
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from ivr.cli.context import invocation
from ivr.cli.logs import log_to
from ivr.settings import Settings

T = TypeVar("T")


def run(
    context: typer.Context,
    log: Annotated[Path | None, typer.Option(help="Write the log here, as JSON lines.")] = None,
    grace: Annotated[float, typer.Option(min=0, help="Seconds that running calls get when it stops.")] = 20.0,
) -> None:
    """Run the engine in the foreground; starts Asterisk unless it runs. Ctrl-C or SIGTERM stops the engine.

    When it stops no new call is placed, running ones finish or are closed, and all are recorded. Asterisk
    goes on; `ivr asterisk stop` stops it.
    """
    settings = invocation(context).settings
    log_to(log)
    asyncio.run(_run(settings, grace))


async def _run(settings: Settings, grace: float) -> None:
    from ivr.app.publications import published_contents
    from ivr.app.running_engine import running_engine

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
