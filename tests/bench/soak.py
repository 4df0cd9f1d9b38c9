"""What thousands of calls leave behind: memory, open files and threads of the engine, calls on the switch.

Run as `python -m tests.bench.soak [--seconds N] [--cps N] [--json]`. The engine leads calls at a moderate
rate with everything on, as in `tests.bench.calls`; every tenth of the time it and Asterisk are looked at,
until all calls are over. Memory that grows from the second look to the last, by calls and not by time, is a
leak. Status 1, after the figures: calls failed, or channels are left.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from ivr.cli.logs import log_to
from ivr.switch import process
from tests.bench.calls.engine_side import hold_engine
from tests.bench.calls.place import Place, measuring_place

_PART_OF_THE_TIME = 10
"""Between two looks, of the time in which calls are placed."""
_KIB_A_MIB = 1024


async def measure(cps: float, seconds: float) -> Mapping[str, object]:
    """Return what was seen of the engine and of the switch, look by look."""
    looks: list[Mapping[str, int]] = []
    async with measuring_place() as place:

        async def watch(pid: int) -> None:
            while True:
                await asyncio.sleep(seconds / _PART_OF_THE_TIME)
                looks.append({**_seen("engine", pid), **_seen("asterisk", place.switch_pid)})
                _tell(len(looks), looks[-1])

        step = await hold_engine(place, cps, seconds, watch=watch)
        left = await _left_on(place)
    return {
        "calls": step.calls,
        "failed": step.failed,
        "placed_cps": round(step.placed_cps, 1),
        "channels_left": left,
        "looks": {name: [look[name] for look in looks] for name in (looks[0] if looks else ())},
    }


def _seen(name: str, pid: int) -> Mapping[str, int]:
    """Return what the kernel tells of a process, see proc(5)."""
    status = dict(
        line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":" in line
    )
    return {
        f"{name}_rss_mib": int(status["VmRSS"].split()[0]) // _KIB_A_MIB,
        f"{name}_threads": int(status["Threads"]),
        f"{name}_files": len(list(Path(f"/proc/{pid}/fd").iterdir())),
    }


async def _left_on(place: Place) -> int:
    await place.become_quiet()
    return process.status(place.switch).active_channels


def _tell(number: int, look: Mapping[str, int]) -> None:
    sys.stderr.write(f"look {number}: {', '.join(f'{name} {value}' for name, value in look.items())}\n")


def complaint(found: Mapping[str, object]) -> str | None:
    """Return what is wrong with the figures, in a sentence; None where nothing is."""
    failed, left = found["failed"], found["channels_left"]
    if failed or left:
        return f"{failed} of {found['calls']} calls failed, {left} channels are left."
    return None


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print; ends with status 1 where calls failed or channels are left."""
    parser = argparse.ArgumentParser(prog="make bench-soak ARGS='…'", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object on standard output")
    parser.add_argument("--cps", type=float, default=10, help="calls a second (default: 10)")
    parser.add_argument("--seconds", type=float, default=180, help="default: 180")
    options = parser.parse_args(arguments)
    log_to(None)
    found = asyncio.run(measure(options.cps, options.seconds))
    sys.stdout.write(
        json.dumps(found) + "\n"
        if options.json
        else "".join(f"{name}: {value}\n" for name, value in found.items())
    )
    if (wrong := complaint(found)) is not None:
        sys.exit(wrong)


if __name__ == "__main__":
    main()
