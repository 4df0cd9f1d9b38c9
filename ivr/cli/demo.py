"""`ivr demo`: sixty customers, a simulated telephone network, and a report."""

from __future__ import annotations

import asyncio
import signal
import time
from collections import Counter
from contextlib import ExitStack

import typer
from rich.live import Live

from ivr.app.content import content_of
from ivr.app.demo.judge import Judgement, judge
from ivr.app.demo.run import Look, running_demo
from ivr.app.demo.sample import Sample, load_sample, sample_folder
from ivr.app.demo.surroundings import demo_settings, fresh_home, running_pair
from ivr.calls.call_result import CallResult
from ivr.cli.context import JsonOption, invocation, print_json, ui
from ivr.cli.demo_report import show_report
from ivr.cli.demo_table import LiveTable, status_line
from ivr.cli.installing import install_programs
from ivr.cli.logs import log_to
from ivr.engine.content import Content
from ivr.settings import Settings

_BROKEN_OFF = 130
"""Exit status after Ctrl-C, as shells count it: 128 and the signal's number."""
_LINE_SECONDS = 5.0
"""How often a line is written where no table can be drawn."""


def demo(context: typer.Context, as_json: JsonOption = False) -> None:
    """Call sixty sample customers on a simulated telephone network, and check every one of the calls.

    What is missing is installed first. Everything happens in the folder `demo` of the data folder, which is
    emptied at each start; nothing else is touched, and no real telephone rings. The report compares the
    people's own log with the store: exit status 0 only if both agree about everybody.
    """
    settings = invocation(context).settings
    # A shell starts what runs in the background with Ctrl-C ignored, and SIGTERM should do the same.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    try:
        is_clean = _demo(settings, as_json=as_json)
    except KeyboardInterrupt:
        ui.print("The demo is broken off; nothing of it runs any more.")
        raise typer.Exit(_BROKEN_OFF) from None
    raise typer.Exit(0 if is_clean else 1)


def _demo(settings: Settings, *, as_json: bool) -> bool:
    sample = load_sample(sample_folder())
    own = demo_settings(settings, sample.agents)
    content = content_of(own)
    install_programs(settings)
    began = time.monotonic()
    with ExitStack() as stack:
        with ui.status("Starting an Asterisk for the bank and one for the telephone network…"):
            stack.enter_context(fresh_home(own.home, settings.home))
            stack.enter_context(running_pair(own))
        log_to(own.home / "engine.log")
        look, judgement = asyncio.run(_watch(own, content, sample))
    seconds = time.monotonic() - began
    show_report(ui, judgement, sample, look.stored, seconds)
    if as_json:
        print_json(_summary(look, judgement, seconds))
    return judgement.is_clean


async def _watch(settings: Settings, content: Content, sample: Sample) -> tuple[Look, Judgement]:
    async with running_demo(settings, content, sample) as running:
        looks = running.looks()
        look = await anext(looks)
        if ui.is_terminal:
            with Live(console=ui, auto_refresh=False, transient=True) as live:
                table = LiveTable(sample, ui)
                async for look in looks:
                    live.update(table.drawn(look), refresh=True)
        else:
            told_at = 0.0
            async for look in looks:
                if look.seconds >= told_at:
                    ui.print(status_line(look), highlight=False, soft_wrap=True)
                    told_at = look.seconds + _LINE_SECONDS
        return look, judge(sample.records, await running.seen(), look.stored)


def _summary(look: Look, judgement: Judgement, seconds: float) -> dict[str, object]:
    attempts = look.stored.attempts
    dispositions = Counter(each.disposition.value for each in attempts if each.disposition is not None)
    return {
        "customers": len(judgement.verdicts),
        "attempts": sum(attempt.was_dialled for attempt in attempts),
        "answered": sum(attempt.result == CallResult.ANSWERED for attempt in attempts),
        "by_disposition": dict(sorted(dispositions.items())),
        "mismatches": judgement.mismatches,
        "duplicates": judgement.duplicates,
        "lost": judgement.lost,
        "seconds": round(seconds, 1),
        "contradictions": [
            *(f"{v.case.record.customer.name}: {text}" for v in judgement.verdicts for text in v.mismatches),
            *judgement.general,
        ],
    }
