"""The store on a SQL database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol, TypeVar

import sqlalchemy as sa

from ivr.errors import StoreError
from ivr.store.database import (
    POSTGRESQL_WRITERS,
    READERS,
    create_reading_engine,
    create_writing_engine,
    parse_database_url,
)
from ivr.store.group_commit import GroupCommitWriter
from ivr.store.job import Job, Work, result_of
from ivr.store.migrate import migrate
from ivr.store.pooled_runner import PooledRunner

T = TypeVar("T")


class _Runner(Protocol):
    """Database threads that work off jobs."""

    def submit(self, job: Job) -> None: ...
    def close(self) -> None: ...


class SqlStore:
    """The Store of the use cases; made by `open_store`."""

    def __init__(self, writing: sa.Engine, reading: sa.Engine) -> None:
        self._engines = (writing, reading)
        self._writer = _writer_for(writing)
        self._reader: _Runner = PooledRunner(reading, READERS, "store-reader")
        self._is_open = True

    async def write(self, work: Work[T]) -> T:
        """Run `work` in one transaction that is on disk when this returns.

        `work` runs in a database thread and may be run again after a conflict: it waits for nothing and has
        no effect but on its transaction. Cancelling the caller does not undo it. Raises what `work` raises,
        and StoreError for what the database refuses.
        """
        return await self._run(self._writer, work)

    async def read(self, work: Work[T]) -> T:
        """Run `work` on a connection that can't write and that sees one moment of the database."""
        return await self._run(self._reader, work)

    async def close(self) -> None:
        """Finish all work that was handed in, then close every connection; closing again does nothing."""
        if not self._is_open:
            return
        self._is_open = False
        await asyncio.to_thread(self._close)

    async def _run(self, runner: _Runner, work: Work[T]) -> T:
        if not self._is_open:
            raise StoreError("the store is closed")
        job = Job(work)
        runner.submit(job)
        return await result_of(job.future)

    def _close(self) -> None:
        self._writer.close()
        self._reader.close()
        for engine in self._engines:
            engine.dispose()


@asynccontextmanager
async def open_store(url: str) -> AsyncIterator[SqlStore]:
    """Open the database at `url`, bring its tables up to date, and close it at the end of the block.

    `sqlite:///path` or `postgresql://user@host/name`. Raises UsageError for another address, StoreError when
    the database can't be reached or migrated.
    """
    parsed = parse_database_url(url)
    writing = create_writing_engine(parsed)
    try:
        await asyncio.to_thread(migrate, writing)
    except BaseException:
        writing.dispose()
        raise
    store = SqlStore(writing, create_reading_engine(parsed))
    try:
        yield store
    finally:
        await store.close()


def _writer_for(engine: sa.Engine) -> _Runner:
    if engine.dialect.name == "sqlite":
        return GroupCommitWriter(engine)
    return PooledRunner(engine, POSTGRESQL_WRITERS, "store-writer")
