"""How many calls a second: the engine with everything on, beside a hard-coded dialplan on the same Asterisk.

A call: about two seconds of prompt, one key by SIP INFO, one word, hang up. SIPp is everybody who is called.
A rate is held for a while; it is clean when no call failed and the pace was kept. All load stays on this
machine, is bounded, and stops by itself. Progress goes to standard error.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from functools import partial

from rich.console import Console
from rich.table import Table

from ivr.cli.logs import log_to
from tests.bench.calls.dialplan_side import hold_dialplan
from tests.bench.calls.engine_side import hold_engine, profile_engine
from tests.bench.calls.machine import machine_facts
from tests.bench.calls.place import Place, measuring_place
from tests.bench.calls.search import highest_clean
from tests.bench.calls.step import Step

ui = Console(stderr=True, highlight=False)

WARM_UP_CPS, WARM_UP_SECONDS = 5.0, 2.0
FIRST_DIALPLAN_CPS, FIRST_ENGINE_CPS = 80.0, 40.0
PROFILED_PART = 0.6
"""Of the highest clean rate: where the engine's time goes is looked at with room to spare."""


async def measure(hold_seconds: float, max_cps: float) -> dict[str, object]:
    """Return the figures of both sides."""
    async with measuring_place() as place:
        machine = machine_facts(place.switch.installation.version)
        dialplan_steps, dialplan = await _search(
            "dialplan", place, partial(hold_dialplan, place), hold_seconds, FIRST_DIALPLAN_CPS, max_cps
        )
        engine_steps, engine = await _search(
            "engine", place, partial(hold_engine, place), hold_seconds, FIRST_ENGINE_CPS, max_cps
        )
        if dialplan is None or engine is None:
            raise SystemExit("not even one call a second was clean; see the steps above")
        _, parts = await profile_engine(place, PROFILED_PART * engine.asked_cps, hold_seconds)
    return {
        "dialplan_cps": dialplan.asked_cps,
        "engine_cps": engine.asked_cps,
        "ratio": round(engine.asked_cps / dialplan.asked_cps, 2),
        "engine_cpu_ms_per_call": round(engine.controller_cpu_ms, 2),
        "asterisk_cpu_ms_per_call": {
            "dialplan": round(dialplan.asterisk_cpu_ms, 2),
            "engine": round(engine.asterisk_cpu_ms, 2),
        },
        "engine_cpu_ms_by_part": parts,
        "originated_by": "ARI, on both sides",
        "hold_seconds": hold_seconds,
        "max_cps": max_cps,
        "machine": machine,
        "steps": {
            "dialplan": [asdict(step) for step in dialplan_steps],
            "engine": [asdict(step) for step in engine_steps],
        },
    }


async def _search(
    name: str,
    place: Place,
    hold: Callable[[float, float], Awaitable[Step]],
    seconds: float,
    first: float,
    most: float,
) -> tuple[list[Step], Step | None]:
    steps: list[Step] = []

    async def told(cps: float) -> Step:
        with ui.status(f"{name}: {cps:g} calls/s for {seconds:g} s"):
            step = await hold(cps, seconds)
            steps.append(step)
            if not step.is_clean:
                await place.become_quiet()
        ui.print(f"{name}: {step}", soft_wrap=True)
        return step

    await hold(WARM_UP_CPS, WARM_UP_SECONDS)
    return steps, await highest_clean(told, most, first)


def _show(found: dict[str, object]) -> None:
    table = Table(title="Calls a second", show_header=False)
    for name, value in found.items():
        if name != "steps":
            table.add_row(name, str(value))
    ui.print(table)


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(prog="make bench-calls ARGS=…", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object on standard output")
    parser.add_argument("--hold", type=float, default=10.0, help="seconds that each rate is held (10)")
    parser.add_argument("--max-cps", type=float, default=250.0, help="the highest rate that is tried (250)")
    options = parser.parse_args()
    log_to(None)
    found = asyncio.run(measure(options.hold, options.max_cps))
    _show(found)
    if options.json:
        json.dump(found, sys.stdout)
        sys.stdout.write("\n")


if __name__ == "__main__":
    main()
