"""`ivr run`: the engine, until told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from ivr.cli.context import invocation
from ivr.cli.logs import log_to
from ivr.settings import Settings


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
    from ivr.app.engine import running_engine
    from ivr.app.publications import published_contents

    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    async with running_engine(settings, partial(published_contents, settings), grace=grace) as engine:
        waits = [asyncio.create_task(stopping.wait()), asyncio.create_task(engine.wait())]
        done, pending = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        for task in done:
            task.result()
