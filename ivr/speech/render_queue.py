"""Work in a bounded number of workers: each key once at a time, and what a live call waits for first."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import Context
from dataclasses import dataclass
from pathlib import Path

Work = Callable[[], Awaitable[Path]]


@dataclass(frozen=True, slots=True)
class _Job:
    key: str
    work: Work
    result: asyncio.Future[Path]


class RenderQueue:
    """Renders sound files. Belongs to one event loop."""

    def __init__(self, workers: int) -> None:
        """Have at most `workers` renderings running at a time."""
        self._workers = workers
        self._jobs: dict[str, _Job] = {}
        self._urgent: dict[str, _Job] = {}
        self._ordinary: dict[str, _Job] = {}
        self._running: set[asyncio.Task[None]] = set()

    async def render(self, key: str, work: Work, *, urgent: bool) -> Path:
        """Return the result of `work`, or of the work that is under way or waiting for the same `key`.

        An urgent rendering comes before all that are not, and takes a waiting one of its key with it. Whoever
        stops waiting does not stop the work.
        """
        job = self._jobs.get(key) or self._add(key, work)
        if urgent and key in self._ordinary:
            self._urgent[key] = self._ordinary.pop(key)
        self._start()
        return await asyncio.shield(job.result)

    async def close(self) -> None:
        """Stop everything; who still waits is cancelled."""
        for job in self._jobs.values():
            job.result.cancel()
        for waiting in (self._urgent, self._ordinary):
            for key in waiting:
                del self._jobs[key]
            waiting.clear()
        for task in tuple(self._running):
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    def _add(self, key: str, work: Work) -> _Job:
        job = _Job(key, work, asyncio.get_running_loop().create_future())
        self._jobs[key] = self._ordinary[key] = job
        return job

    def _start(self) -> None:
        while len(self._running) < self._workers and (waiting := self._urgent or self._ordinary):
            job = waiting.pop(next(iter(waiting)))
            # It belongs to no call: whoever asked first, others may wait for it as well.
            task = asyncio.create_task(self._run(job), context=Context())
            self._running.add(task)
            task.add_done_callback(self._finished)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self._start()

    async def _run(self, job: _Job) -> None:
        try:
            path = await job.work()
        except Exception as error:  # noqa: BLE001 - handed on to everybody who waits
            if not job.result.done():
                job.result.set_exception(error)
                job.result.exception()  # seen, even if nobody waits any more
        else:
            if not job.result.done():
                job.result.set_result(path)
        finally:
            job.result.cancel()
            del self._jobs[job.key]
