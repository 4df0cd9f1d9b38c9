"""A piece of work on its way to a database thread, and its answer on the way back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, TypeVar

import sqlalchemy as sa
import structlog

from ivr.store.db_errors import as_store_error
from ivr.store.transaction import SqlTransaction

T = TypeVar("T")
Work = Callable[[SqlTransaction], T]

_log = structlog.get_logger(__name__)


def _running_future() -> Future[Any]:
    """Return a future that can't be cancelled any more: work that was handed over is done."""
    future: Future[Any] = Future()
    future.set_running_or_notify_cancel()
    return future


@dataclass(frozen=True, slots=True)
class Job:
    """Work and the future of its result."""

    work: Work[Any]
    future: Future[Any] = field(default_factory=_running_future)


def for_caller(error: BaseException) -> BaseException:
    """Return `error` as the use cases know it: the database's own errors become StoreError."""
    if not isinstance(error, sa.exc.SQLAlchemyError):
        return error
    told = as_store_error(error)
    told.__cause__ = error
    return told


async def result_of(future: Future[T]) -> T:
    """Wait for a job's result.

    Work that was handed over can't be called back, so a cancelled caller leaves only when it is done: what
    the caller's clean-up writes comes after it. Its failure, which nobody hears any more, is logged.
    """
    waiting = asyncio.wrap_future(future)
    try:
        return await asyncio.shield(waiting)
    except asyncio.CancelledError:
        waiting.add_done_callback(_log_failure)
        await asyncio.wait([waiting])
        raise


def _log_failure(done: asyncio.Future[Any]) -> None:
    if not done.cancelled() and (error := done.exception()) is not None:
        _log.error("store_work_failed_after_cancel", error=str(error), kind=type(error).__name__)
