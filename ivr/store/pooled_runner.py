"""Jobs that may run side by side, each in a transaction of its own: all reads, and writes to PostgreSQL."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import sqlalchemy as sa

from ivr.store.db_errors import is_passing_conflict
from ivr.store.job import Job, for_caller
from ivr.store.transaction import SqlTransaction

_TRIES = 5
"""How often work is run when the database gives it up for a conflict with another transaction."""


class PooledRunner:
    """Runs jobs in as many threads as the engine has connections."""

    def __init__(self, engine: sa.Engine, threads: int, name: str) -> None:
        self._engine = engine
        self._threads = ThreadPoolExecutor(max_workers=threads, thread_name_prefix=name)

    def submit(self, job: Job) -> None:
        """Queue a job; returns at once. Nothing may be queued after close()."""
        self._threads.submit(self._run, job)

    def close(self) -> None:
        """Finish what is queued, then end the threads."""
        self._threads.shutdown(wait=True)

    def _run(self, job: Job) -> None:
        try:
            result = self._result_of(job)
        except BaseException as error:  # noqa: BLE001  the thread must outlive it, and the caller must hear
            job.future.set_exception(for_caller(error))
        else:
            job.future.set_result(result)

    def _result_of(self, job: Job) -> Any:
        for tries_left in reversed(range(_TRIES)):
            try:
                with self._engine.begin() as connection:
                    return job.work(SqlTransaction(connection))
            except sa.exc.DBAPIError as error:
                if tries_left == 0 or not is_passing_conflict(error):
                    raise
        raise AssertionError("the last try returns or raises")
