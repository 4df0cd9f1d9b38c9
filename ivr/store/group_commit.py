"""The one writer of SQLite: works that wait together share a transaction, so that they share its fsync.

Each work runs in a savepoint of its own: one that raises takes nothing of the others with it. Nobody gets
a result before the commit that holds it is on disk; when that commit fails, all of its works failed.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable
from functools import partial
from queue import Empty, SimpleQueue
from typing import cast

import sqlalchemy as sa

from ivr.store.job import Job, for_caller
from ivr.store.transaction import SqlTransaction

BATCH_WORKS = 64
"""Most works under one commit."""
BATCH_SECONDS = 0.020
"""No work joins a transaction older than this, so that other processes get their turn to write."""

_Answer = Callable[[], None]


class GroupCommitWriter:
    """Runs jobs in the order in which they came, in a thread of its own."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._queue: SimpleQueue[Job | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="store-writer", daemon=True)
        self._thread.start()

    def submit(self, job: Job) -> None:
        """Queue a job; returns at once. Nothing may be queued after close()."""
        self._queue.put(job)

    def close(self) -> None:
        """Finish what is queued, then end the thread."""
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (first := self._queue.get()) is not None:
            for answer in self._commit_batch(first):
                answer()

    def _commit_batch(self, first: Job) -> list[_Answer]:
        """Run `first` and those that wait behind it under one commit; return how each is to be answered."""
        batch: list[Job] = [first]
        answers: list[_Answer] = []
        until = time.monotonic() + BATCH_SECONDS
        try:
            with self._engine.begin() as connection:
                answers.append(_run_in_savepoint(connection, first))
                while len(batch) < BATCH_WORKS and time.monotonic() < until and (job := self._next()):
                    batch.append(job)
                    answers.append(_run_in_savepoint(connection, job))
        except BaseException as error:  # noqa: BLE001  the thread must outlive it, and every caller must hear
            return [partial(job.future.set_exception, for_caller(error)) for job in batch]
        return answers

    def _next(self) -> Job | None:
        try:
            job = self._queue.get_nowait()
        except Empty:
            return None
        if job is None:
            # The end of the queue: `_run` has to see it too.
            self._queue.put(None)
        return job


def _run_in_savepoint(connection: sa.Connection, job: Job) -> _Answer:
    # Straight to the driver: SQLAlchemy's own savepoints cost as much as the work inside.
    sqlite = cast("sqlite3.Connection", connection.connection.dbapi_connection)
    sqlite.execute("SAVEPOINT work")
    try:
        result = job.work(SqlTransaction(connection))
    except BaseException as error:
        if not sqlite.in_transaction:
            # SQLite dropped all of it, as it does when the disk is full: this batch is lost.
            raise
        sqlite.execute("ROLLBACK TO work")
        sqlite.execute("RELEASE work")
        return partial(job.future.set_exception, for_caller(error))
    sqlite.execute("RELEASE work")
    return partial(job.future.set_result, result)
