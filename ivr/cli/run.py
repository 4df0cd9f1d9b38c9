"""`ivr run`: the engine, until told to stop."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ivr.cli.context import invocation
from ivr.cli.logs import log_to


def run(
    context: typer.Context,
    log: Annotated[Path | None, typer.Option(help="Write the log here, as JSON lines.")] = None,
    grace: Annotated[float, typer.Option(min=0, help="Seconds that running calls get when it stops.")] = 20.0,
) -> None:
    """Run the engine in the foreground; starts Asterisk unless it runs. Ctrl-C or SIGTERM stops the engine.

    When it stops no new call is placed, running ones finish or are closed, and all are recorded. Asterisk
    goes on; `ivr asterisk stop` stops it.
    """
    import asyncio

    from ivr.cli.run_engine import run_engine

    settings = invocation(context).settings
    log_to(log)
    asyncio.run(run_engine(settings, grace))
