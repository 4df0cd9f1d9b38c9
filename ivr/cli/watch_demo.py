"""The demo as it is watched: started, shown while it runs, reported."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from contextlib import ExitStack

from rich.live import Live

from ivr.app.content import content_of
from ivr.app.demo.judge import Judgement, judge
from ivr.app.demo.run import Look, running_demo
from ivr.app.demo.sample import Sample, load_sample, sample_folder
from ivr.app.demo.surroundings import demo_settings, fresh_home, running_pair
from ivr.calls.call_result import CallResult
from ivr.cli.context import print_json, ui
from ivr.cli.demo_report import show_report
from ivr.cli.demo_table import LiveTable, status_line
from ivr.cli.installing import install_programs
from ivr.cli.logs import log_to
from ivr.engine.content import Content
from ivr.settings import Settings

_LINE_SECONDS = 5.0
"""How often a line is written where no table can be drawn."""


def watch_demo(settings: Settings, *, as_json: bool) -> bool:
    """Run the demo and show it; return whether the people's own log and the store agree about everybody."""
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
