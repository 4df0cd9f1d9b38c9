"""An engine: it dials, takes calls and goes by its clock until it is stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

import structlog

from ivr.app.jobs import schedule_rules
from ivr.app.leadership import keep_lease
from ivr.clock import Clock
from ivr.engine.content import Content, Contents
from ivr.engine.dispatch_attempts import Dispatcher
from ivr.engine.pay_by_link import finish_link_payments
from ivr.engine.prepare_reception import prepare_reception
from ivr.engine.receive_call import receive_call
from ivr.engine.reception import Reception
from ivr.engine.reconcile_calls import Reconciled, reconcile_calls
from ivr.engine.reconcile_payments import reconcile_payments
from ivr.engine.reconcile_received_calls import reconcile_received_calls
from ivr.engine.telephony import IncomingCall, LiveCall
from ivr.engine.world import World
from ivr.errors import FencedError
from ivr.schedule import Schedule
from ivr.store.sql_store import SqlStore

log = structlog.get_logger()

PUBLICATION_SECONDS = 1.0
GRACE_SECONDS = 20.0
"""How long running calls may go on when the engine is told to stop."""


class Engine:
    """A running engine."""

    def __init__(
        self,
        world: World,
        store: SqlStore,
        contents: Contents,
        dispatcher: Dispatcher,
        schedule: Schedule,
        reception: Reception,
        prepare_more: Callable[[Content], Awaitable[None]] | None = None,
    ) -> None:
        self.world = world
        self.store = store
        """For reports, which read more than the use cases do."""
        self.contents = contents
        self.dispatcher = dispatcher
        self._schedule = schedule
        self._tasks: list[asyncio.Task[None]] = []
        self._reception = reception
        self._prepare_more = prepare_more
        self._rendering: asyncio.Task[None] | None = None

    async def start(self, clock: Clock, live: Sequence[LiveCall]) -> Reconciled:
        """Settle what an earlier engine left, of which `live` calls are up, then begin to dial."""
        world = self.world
        self._tasks = [asyncio.create_task(keep_lease(world.store, clock, world.owner), name="lease")]
        taken = await world.store.write(lambda tx: tx.attempts.take_over(world.owner.name, world.owner.epoch))
        reconciled = await reconcile_calls(
            world, self.contents, taken, live, self.dispatcher.keep, self.dispatcher.line
        )
        await reconcile_received_calls(world, self.contents, {call.call_id for call in live})
        await reconcile_payments(world, self.contents)
        await finish_link_payments(world, self.contents)
        self._tasks.append(asyncio.create_task(self.dispatcher.run(), name="dispatcher"))
        self._schedule.start()
        self._render_for_callers()
        return reconciled

    async def serve(self, call: LiveCall, incoming: IncomingCall) -> bool:
        """Talk with a caller to the end; False when nobody serves that number, or no more today."""
        if self.dispatcher.is_stopping:
            return False
        keep = self.dispatcher.keep
        return await receive_call(self.world, self.contents, self._reception, keep, call, incoming)

    def follow(self, newly_published: Callable[[], Awaitable[Content | None]]) -> None:
        """Ask every second what was published: new calls go by it at once, those that are up never."""

        async def look(_ticks: Sequence[datetime]) -> None:
            if (content := await newly_published()) is not None:
                self.contents.go_live(content)
                self._render_for_callers()
                schedule_rules(self._schedule, self.world, self.contents, self.dispatcher)
                log.info("new content is live", version=content.version)

        self._schedule.every(PUBLICATION_SECONDS, "publications", look)

    def _render_for_callers(self) -> None:
        """Make what callers will hear, beside everything else."""
        if self._rendering is not None:
            self._rendering.cancel()
        self._rendering = asyncio.create_task(self._prepare(self.contents.live), name="speech for callers")

    async def _prepare(self, content: Content) -> None:
        await prepare_reception(self.world, content, self._reception)
        if self._prepare_more is not None:
            await self._prepare_more(content)

    def must_go_on(self, task: asyncio.Task[None]) -> None:
        """Count a task among those without which the engine is of no use."""
        self._tasks.append(task)

    async def wait(self) -> None:
        """Return when something that must go on has ended; raises what ended it."""
        done, _ = await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()

    async def stop(self, grace: float) -> None:
        """No new calls; running ones finish within `grace` seconds or are closed; all are recorded.

        Once another engine has taken over nothing of that is ours to do: the calls are left to it.
        """
        self._schedule.stop()
        if self._is_fenced:
            await self.dispatcher.let_go()
        else:
            await self.dispatcher.stop(grace)
        await self._end_tasks()

    async def let_go(self) -> None:
        """Stop at once and leave the calls up, for the next engine to take over."""
        self._schedule.stop()
        await self.dispatcher.let_go()
        await self._end_tasks()

    @property
    def _is_fenced(self) -> bool:
        ended = (task for task in self._tasks if task.done() and not task.cancelled())
        return any(isinstance(task.exception(), FencedError) for task in ended)

    async def _end_tasks(self) -> None:
        tasks = [*self._tasks, *([self._rendering] if self._rendering else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
