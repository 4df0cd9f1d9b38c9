"""What a write has returned from outlives kill -9."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys

import sqlalchemy as sa

from ivr.store.sql_store import open_store
from ivr.store.tables.customers import customers

_ENOUGH = 200

_WRITER = """
import asyncio, itertools, sys
from ivr.store.sql_store import open_store
from tests.contract.samples import record

async def write_on(store, numbers):
    for number in numbers:
        await store.write(lambda tx: tx.customers.put(record(number)))
        print(number, flush=True)

async def main():
    numbers = itertools.count()
    async with open_store(sys.argv[1]) as store:
        await asyncio.gather(*(write_on(store, numbers) for _ in range(20)))

asyncio.run(main())
"""


def _write_until_killed(url: str) -> list[str]:
    """Return the numbers of the records whose write had returned when the process was killed."""
    command = [sys.executable, "-c", _WRITER, url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        told = [next(writer.stdout) for _ in range(_ENOUGH)]
        writer.send_signal(signal.SIGKILL)
        # The last line may have been cut off by the kill.
        told += [line for line in writer.stdout if line.endswith("\n")]
    return [line.strip() for line in told]


async def test_what_was_acknowledged_is_there_after_a_kill(database_url: str) -> None:
    told = await asyncio.to_thread(_write_until_killed, database_url)
    async with open_store(database_url) as store:
        kept = await store.read(lambda tx: set(tx.connection.execute(sa.select(customers.c.id)).scalars()))
    assert {f"c{number}" for number in told} <= kept
