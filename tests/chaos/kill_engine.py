"""`make chaos`: is anybody called twice, or forgotten, when the engine is killed again and again?

The engine is killed with -9 while attempts run on real Asterisk, and started again each time. Judged from
what the telephone network saw; see tests/chaos/judge.py for the words. The exit status is 0 only if it holds.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import random
import shutil
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path

import structlog
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

from ivr.settings import default_home
from tests.chaos.judge import Verdict, judge
from tests.chaos.run import Plan, Progress, Run, run_chaos

ui = Console(stderr=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    options = _options(arguments)
    # What Asterisk and the people tell of themselves is in their own logs.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    plan = Plan(options.attempts, options.kills, options.seed, options.calls_per_second)
    home = default_home() / "chaos"
    shutil.rmtree(home, ignore_errors=True)
    run = asyncio.run(_run(plan, home))
    verdict = judge(run.evidence)
    _report(run, verdict, home)
    if options.json:
        sys.stdout.write(json.dumps(figures(plan, run, verdict), ensure_ascii=False) + "\n")
    return 0 if verdict.holds else 1


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make chaos ARGS='…'", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object on standard output")
    parser.add_argument("--attempts", type=int, default=500, help="customers to be called")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--calls-per-second", type=float, default=8)
    parser.add_argument(
        "--seed", type=int, default=random.randrange(1_000_000), help="of the random moments; default: random"
    )
    return parser.parse_args(arguments)


async def _run(plan: Plan, home: Path) -> Run:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bars(*columns, console=ui) as bars:
        killing = bars.add_task("Engines killed", total=plan.kills)
        ending = bars.add_task("Attempts over", total=plan.attempts)

        def watch(progress: Progress) -> None:
            bars.update(killing, completed=progress.kills)
            bars.update(ending, completed=progress.ended, total=max(plan.attempts, progress.attempts))

        return await run_chaos(plan, home, default_home(), watch)


def figures(plan: Plan, run: Run, verdict: Verdict) -> dict[str, object]:
    """Return what `--json` prints."""
    evidence = run.evidence
    picked_up = [seconds for restart in run.restarts for seconds in restart.picked_up_after]
    led = [restart.leads_after for restart in run.restarts if restart.leads_after is not None]
    return {
        "attempts": len(evidence.attempts),
        "kills": len(evidence.kills),
        "duplicates": len(verdict.duplicates),
        "lost": len(verdict.lost),
        "unknown": len(verdict.unknown),
        "holds": verdict.holds,
        "invites": len(evidence.invites),
        "placing_at_kills": sum(len(kill.placing) for kill in evidence.kills),
        "unknown_explained": dict(verdict.unknown),
        "charges": len(evidence.charges),
        "charged_twice": len(verdict.charged_twice),
        "strangers": len(verdict.strangers),
        "resumed_calls": len(picked_up),
        "restart_to_pick_up_seconds": _spread(picked_up),
        "restart_to_lead_seconds": _spread(led),
        "wrong": [*verdict.duplicates, *verdict.lost, *verdict.charged_twice, *verdict.strangers],
        "seed": plan.seed,
        "seconds": round(run.seconds, 1),
    }


def _spread(seconds: Sequence[float]) -> dict[str, float] | None:
    if not seconds:
        return None
    return {"median": round(statistics.median(seconds), 2), "most": round(max(seconds), 2)}


def _report(run: Run, verdict: Verdict, home: Path) -> None:
    for wrong in (*verdict.duplicates, *verdict.lost, *verdict.charged_twice, *verdict.strangers):
        ui.print(wrong, style="red", markup=False, highlight=False)
    for attempt, why in verdict.unknown.items():
        ui.print(f"unknown {attempt}: {why or 'nothing explains it'}", markup=False, highlight=False)
    ui.print(
        f"{len(run.evidence.attempts)} attempts, {len(run.evidence.kills)} kills: "
        f"{len(verdict.duplicates)} duplicates, {len(verdict.lost)} lost, {len(verdict.unknown)} unknown. "
        f"Everything that was written down is in {home}.",
        soft_wrap=True,
        highlight=False,
    )


if __name__ == "__main__":
    sys.exit(main())
