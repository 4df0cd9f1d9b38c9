"""Calls that the engine leads, with everything on: store, rule, stages, flow, prompts, outcomes, outbox.

The engine is `ivr run` in a process of its own, on a database of its own for each step. It scans the rule
while all calls are stopped; then they are let go, at the pace that its trunk allows.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from ivr.clock import utc_now
from ivr.engine.import_customers import import_customers
from ivr.store.sql_store import SqlStore, open_store
from tests.bench.calls.called_party import LONGEST_CALL, called_party
from tests.bench.calls.customers import customers
from tests.bench.calls.ledger import Counts, counts_now, judge
from tests.bench.calls.place import Place
from tests.bench.calls.processor_time import processor_seconds
from tests.bench.calls.profiled_engine import PROFILE_VARIABLE
from tests.bench.calls.step import Step

_BY = "benchmark"
_SCAN_SECONDS = 120.0
_STOP_SECONDS = 30.0
_LOOK_SECONDS = 0.5
_SIPP_SECONDS = 4.0
"""How long SIPp may take to count what the ledger has closed."""
_WORTH_TELLING_MS = 0.05

Program = Sequence[str]
"""What runs the engine: arguments of Python."""
Watch = Callable[[int], Coroutine[None, None, None]]
"""Looks at the engine's process, by its id, while it calls; is cancelled when all calls are over."""
ENGINE: Program = ("-m", "ivr")
PROFILED: Program = ("-m", "tests.bench.calls.profiled_engine")


async def _nobody_watches(_pid: int) -> None:
    """Look at nothing."""


async def hold_engine(
    place: Place,
    cps: float,
    seconds: float,
    program: Program = ENGINE,
    watch: Watch = _nobody_watches,
) -> Step:
    """Let the engine place `cps` calls a second for `seconds` and see them through."""
    calls = max(1, round(cps * seconds))
    folder = place.new_folder(f"engine-{cps:g}")
    url = f"sqlite:///{folder / 'ivr.db'}"
    async with open_store(url) as store, called_party(place.sipp, place.sipp_port, folder) as party:
        await import_customers(store, customers(calls))
        await store.write(lambda tx: tx.controls.set_live(True, _BY, utc_now()))
        await store.write(lambda tx: tx.controls.set_stopped(True, _BY, utc_now()))
        async with _engine(place, program, url, cps, folder) as engine:
            await _until(store, engine, lambda now: now.ready == calls, _SCAN_SECONDS)
            before = _processor_seconds(engine, place)
            if program is PROFILED:
                engine.send_signal(signal.SIGUSR1)
            await store.write(lambda tx: tx.controls.set_stopped(False, _BY, utc_now()))
            async with watched(watch(engine.pid)):
                await _until(store, engine, lambda now: now.is_all_done, 2 * seconds + LONGEST_CALL)
            after = _processor_seconds(engine, place)
        verdict = await store.read(judge)
        counted = await party.settled(calls, _SIPP_SECONDS)
    control, asterisk = (then - now for then, now in zip(after, before, strict=True))
    return Step(
        asked_cps=cps,
        placed_cps=verdict.placed_cps,
        calls=calls,
        failed=calls - min(verdict.as_they_should, counted.succeeded),
        controller_cpu_ms=1000 * control / calls,
        asterisk_cpu_ms=1000 * asterisk / calls,
    )


async def profile_engine(place: Place, cps: float, seconds: float) -> tuple[Step, dict[str, float]]:
    """Hold a rate with a profiler on; return what each part of the code used, in CPU milliseconds a call."""
    file = place.home / "profile.json"
    os.environ[PROFILE_VARIABLE] = str(file)
    step = await hold_engine(place, cps, seconds, PROFILED)
    spent: dict[str, float] = json.loads(file.read_text())
    most_first = sorted(spent.items(), key=lambda part: -part[1])
    in_ms = {part: round(1000 * used / step.calls, 2) for part, used in most_first}
    return step, {part: used for part, used in in_ms.items() if used >= _WORTH_TELLING_MS}


@asynccontextmanager
async def watched(watch: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """Watch while the body runs; what broke the watch breaks the run, once the body has ended."""
    watching = asyncio.create_task(watch)
    try:
        yield
    finally:
        watching.cancel()
        await asyncio.wait({watching})
    if not watching.cancelled():
        watching.result()


@asynccontextmanager
async def _engine(
    place: Place, program: Program, url: str, cps: float, folder: Path
) -> AsyncIterator[subprocess.Popen[bytes]]:
    settings = {
        "IVR_HOME": str(place.home),
        "IVR_STORE__URL": url,
        "IVR_DIALING__CALLS_PER_SECOND": str(cps),
    }
    command = [sys.executable, *program, "--config", str(place.settings_file), "run"]
    with (folder / "engine.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: ASYNC220  (a fixed command; starting takes no time)
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env={**os.environ, **settings}
        )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            await asyncio.to_thread(process.wait, _STOP_SECONDS)
        finally:
            process.kill()


async def _until(
    store: SqlStore,
    engine: subprocess.Popen[bytes],
    holds: Callable[[Counts], bool],
    seconds: float,
) -> None:
    """Wait until the ledger's counts are as wanted, but no longer than `seconds`."""
    loop = asyncio.get_running_loop()
    until = loop.time() + seconds
    while not holds(await store.read(counts_now)) and loop.time() < until:
        if engine.poll() is not None:
            raise RuntimeError(f"the engine ended with status {engine.returncode}; see its engine.log")
        await asyncio.sleep(_LOOK_SECONDS)


def _processor_seconds(engine: subprocess.Popen[bytes], place: Place) -> tuple[float, float]:
    return processor_seconds(engine.pid), processor_seconds(place.switch_pid)
