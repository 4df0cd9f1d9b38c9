"""Take customers and accounts in.

What can be wrong with a record was found before (sources/); here they are only written, in chunks small
enough that calls going on at the same time never wait for long.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ivr.engine.ports import CustomerRecord, Store, Transaction

CHUNK = 100
"""Records a transaction: about 20 ms of the only writer's time."""


async def import_customers(
    store: Store, records: Sequence[CustomerRecord], progress: Callable[[int], None] = lambda _done: None
) -> int:
    """Insert or replace each record; `progress` is told how many are done. Safe to run again after a stop."""
    for start in range(0, len(records), CHUNK):
        chunk = records[start : start + CHUNK]

        def work(tx: Transaction, chunk: Sequence[CustomerRecord] = chunk) -> None:
            for record in chunk:
                tx.customers.put(record)

        await store.write(work)
        progress(start + len(chunk))
    return len(records)
