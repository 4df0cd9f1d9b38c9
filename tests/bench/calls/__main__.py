"""How many calls a second: the engine with everything on, beside a hard-coded dialplan.

`make bench-calls` runs it; ARGS may be `--json`, `--hold SECONDS`, `--max-cps RATE`, `--side NAME`.
All load stays on this machine and stops by itself.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from functools import partial

from rich.console import Console

from tests.bench.calls.dialplan_side import hold_dialplan
from tests.bench.calls.engine_side import hold_engine
from tests.bench.calls.place import Place, measuring_place
from tests.bench.calls.search import Hold, highest_clean
from tests.bench.calls.step import Step

ui = Console(stderr=True)


async def _search(name: str, hold: Hold, most: float) -> Step | None:
    async def told(cps: float) -> Step:
        with ui.status(f"{name}: {cps:g} calls/s …"):
            step = await hold(cps)
        ui.print(f"{name}: {step}", highlight=False)
        return step

    return await highest_clean(told, most)


async def trial(args: argparse.Namespace) -> None:
    async with measuring_place() as place:
        for rate in args.rate:
            for name, hold in (("dialplan", hold_dialplan), ("engine", hold_engine)):
                if args.side in (name, "both"):
                    ui.print(name, str(await hold(place, rate, args.hold)), highlight=False)


parser = argparse.ArgumentParser()
parser.add_argument("--side", default="both")
parser.add_argument("--hold", type=float, default=5)
parser.add_argument("rate", type=float, nargs="+")
asyncio.run(trial(parser.parse_args()))
