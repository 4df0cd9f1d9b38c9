"""`ivr demo`: sixty customers, a simulated telephone network, and a report."""

from __future__ import annotations

import signal

import typer

from ivr.cli.context import JsonOption, invocation, ui

_BROKEN_OFF = 130
"""Exit status after Ctrl-C, as shells count it: 128 and the signal's number."""


def demo(context: typer.Context, as_json: JsonOption = False) -> None:
    """Call sixty sample customers on a simulated telephone network, and check every one of the calls.

    What is missing is installed first. Everything happens in the folder `demo` of the data folder, which is
    emptied at each start; nothing else is touched, and no real telephone rings. The report compares the
    people's own log with the store: exit status 0 only if both agree about everybody.
    """
    from ivr.cli.watch_demo import watch_demo

    settings = invocation(context).settings
    # A shell starts what runs in the background with Ctrl-C ignored, and SIGTERM should do the same.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    try:
        is_clean = watch_demo(settings, as_json=as_json)
    except KeyboardInterrupt:
        ui.print("The demo is broken off; nothing of it runs any more.")
        raise typer.Exit(_BROKEN_OFF) from None
    raise typer.Exit(0 if is_clean else 1)
