"""The clock: APScheduler ticks become calls of use cases, and nothing else.

It runs in memory, in the elected leader only. A tick is known by when it was scheduled for, so that a use
case can take each tick once however many leaders there were.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, tzinfo

import structlog
from apscheduler.executors.base import BaseExecutor
from apscheduler.job import Job
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

log = structlog.get_logger()

Tick = Callable[[Sequence[datetime]], Awaitable[object]]
"""A use case; it is given the moments (aware, UTC) it was scheduled for, oldest first."""


_NO_MOMENTS = ((),)
"""The argument that APScheduler wants to see; the executor gives the scheduled moments in its place."""


class _TickExecutor(BaseExecutor):  # type: ignore[misc]  # APScheduler 3 has no types
    """Runs a job's coroutine with its scheduled moments, which APScheduler's own executor keeps to itself."""

    def __init__(self) -> None:
        super().__init__()
        self._tasks: set[asyncio.Task[None]] = set()

    def _do_submit_job(self, job: Job, run_times: Sequence[datetime]) -> None:
        task = asyncio.get_running_loop().create_task(self._run(job, run_times))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, job: Job, run_times: Sequence[datetime]) -> None:
        try:
            await job.func([moment.astimezone(UTC) for moment in run_times])
        except Exception:
            log.exception("a scheduled job failed", job=job.id)
        finally:
            self._run_job_success(job.id, [])

    def shutdown(self, wait: bool = True) -> None:  # noqa: ARG002 - APScheduler's signature
        """Let running jobs end with the loop; `wait` has no meaning on one's own loop."""
        for task in self._tasks:
            task.cancel()


class Schedule:
    """A thin hold on APScheduler: add jobs, start, stop."""

    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            executors={"default": _TickExecutor()},
            # A leader that was busy or asleep catches up with one run that knows of every missed tick.
            job_defaults={"coalesce": False, "max_instances": 1, "misfire_grace_time": None},
        )

    def every(self, seconds: float, name: str, tick: Tick) -> None:
        """Call `tick` every `seconds`, for the first time at once."""
        trigger = IntervalTrigger(seconds=seconds, timezone=UTC)
        self._scheduler.add_job(
            tick, trigger, args=_NO_MOMENTS, id=name, name=name, next_run_time=datetime.now(UTC)
        )

    def cron(self, expression: str, time_zone: tzinfo, name: str, tick: Tick) -> None:
        """Call `tick` at the times of a five-field cron expression in `time_zone`."""
        trigger = CronTrigger.from_crontab(expression, time_zone)
        self._scheduler.add_job(tick, trigger, args=_NO_MOMENTS, id=name, name=name)

    def remove(self, prefix: str) -> None:
        """Take every job off the clock whose name begins with `prefix`; one that runs goes on."""
        for job in self._scheduler.get_jobs():
            if job.id.startswith(prefix):
                job.remove()

    def start(self) -> None:
        """Begin to tick, on the running loop."""
        self._scheduler.start()

    def stop(self) -> None:
        """Stop ticking, if it ever began; a running job is cancelled."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
