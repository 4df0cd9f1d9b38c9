"""Writes per second of the store: many tasks at once, each waiting for its own commit to be on disk.

`make bench-store`; prints one JSON object, whether `--json` is given or not.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import time
from functools import partial
from pathlib import Path

from ivr.engine.ports import Transaction
from ivr.store.sql_store import SqlStore, open_store
from tests.contract.samples import NOW, add_placing_attempt, new_call


def _write(call_id: str, state: str, tx: Transaction) -> None:
    tx.calls.save_checkpoint(call_id, state, NOW)


def _open_call(number: int, tx: Transaction) -> str:
    attempt, _epoch = add_placing_attempt(tx, number)
    tx.calls.open(new_call(attempt))
    return attempt.id


async def _writer(store: SqlStore, call_id: str, until: float, waits: list[float]) -> None:
    while (begun := time.perf_counter()) < until:
        await store.write(partial(_write, call_id, "x" * 500))
        waits.append(time.perf_counter() - begun)


async def measure(url: str, writers: int, seconds: float) -> dict[str, object]:
    """Return writes per second and how long one waits, in milliseconds."""
    async with open_store(url) as store:
        calls = [await store.write(partial(_open_call, number)) for number in range(writers)]
        waits: list[float] = []
        begun = time.perf_counter()
        await asyncio.gather(*(_writer(store, call, begun + seconds, waits) for call in calls))
        took = time.perf_counter() - begun
    waits.sort()
    return {
        "database": url.partition(":")[0],
        "writers": writers,
        "writes_per_second": round(len(waits) / took),
        "p50_ms": round(waits[len(waits) // 2] * 1000, 2),
        "p99_ms": round(waits[int(len(waits) * 0.99)] * 1000, 2),
    }


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--json", action="store_true", help="as it does anyhow")
    options.add_argument("--url", help="database; by default a SQLite file in a temporary folder")
    options.add_argument("--writers", type=int, default=50)
    options.add_argument("--seconds", type=float, default=3.0)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = given.url or f"sqlite:///{Path(folder) / 'bench.db'}"
        print(json.dumps(asyncio.run(measure(url, given.writers, given.seconds))))  # noqa: T201


if __name__ == "__main__":
    main()
