"""The dial queue: claim what is due as far as there is room, check it, and see each call through.

Calls run as tasks of their own: what goes wrong in one never touches another.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog

from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.engine.check_eligibility import check_at_claim
from ivr.engine.content import Contents
from ivr.engine.place_call import is_claimed, place_call, prepare_call
from ivr.engine.ports import Transaction
from ivr.engine.start_session import NewSession
from ivr.engine.way_out import WayOut
from ivr.engine.world import World
from ivr.errors import FencedError, StoreError

log = structlog.get_logger()

CLAIM_LEASE = timedelta(minutes=2)
"""A claimed attempt goes back to ready after this long: speech is rendered in it, and the pace waited for."""

BROKEN_DEFERRAL = timedelta(minutes=5)
"""How long an attempt rests that a mistake of ours keeps from being made: others go first meanwhile."""

IDLE_SECONDS = 0.5
"""How often the queue is looked at when nothing wakes it."""

_CLOSING_SECONDS = 10.0
"""How long a call that was hung up may take to be recorded."""


class Dispatcher:
    """Works the dial queue of one trunk until told to stop."""

    def __init__(self, world: World, contents: Contents, way_out: WayOut) -> None:
        self._world = world
        self._contents = contents
        self._way_out = way_out
        self.line = way_out.line
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting_to_dial = 0
        self._giving_way: set[str] = set()
        self._wake = asyncio.Event()
        self._stopping = False

    @property
    def busy(self) -> int:
        """Attempts being prepared or on the line."""
        return len(self._tasks)

    @property
    def is_stopping(self) -> bool:
        """Whether no further call is begun."""
        return self._stopping

    def follows(self, attempt_id: str) -> bool:
        """Whether one of our tasks has this attempt in hand."""
        return any(task.get_name() == attempt_id for task in self._tasks)

    def wake(self) -> None:
        """Look at the queue now: something has become due."""
        self._wake.set()

    def keep(self, call: asyncio.Task[None]) -> None:
        """Count a call as one of ours until it is over."""
        self._tasks.add(call)
        call.add_done_callback(self._done)

    async def run(self) -> None:
        """Claim and dial until `stop`; returns when no further call will be placed."""
        while not self._stopping:
            claimed = await self._claim_or_rest()
            for facts in claimed:
                self._waiting_to_dial += 1
                self.keep(asyncio.create_task(self._work(facts), name=facts.attempt.id))
            if not claimed:
                await self._rest()

    async def stop(self, grace: float) -> None:
        """Place no more calls; give running ones `grace` seconds, then end the rest; all are recorded."""
        self._stopping = True
        self.wake()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=grace)
        await self._world.telephony.hang_up_all()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_CLOSING_SECONDS)

    async def let_go(self) -> None:
        """Drop everything at once and leave the calls up: they are another engine's now."""
        self._stopping = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _claim(self) -> Sequence[EligibilityFacts]:
        room = self._room()
        if room <= 0 or not self._world.telephony.is_ready:
            return ()
        return await self._world.store.write(lambda tx: self._claim_and_check(tx, room))

    def _room(self) -> int:
        """Return how many attempts to claim now.

        Enough wait behind the pace to never idle the trunk, and no more: a claimed one can't be cancelled.
        They are claimed half of that at a time, because asking the stages about many costs little more than
        asking about one.
        """
        ahead = max(2, math.ceil(self.line.pace.calls_per_second))
        missing = ahead - self._waiting_to_dial
        return (
            min(self.line.max_calls - self.busy - self._world.telephony.legs_outside, missing)
            if missing >= ahead / 2
            else 0
        )

    def _has_line(self) -> bool:
        """Say whether there is still a line for each of those that were claimed.

        While they waited for the pace callers may have come in, or been connected outside: who finds that
        there is one line less gives way, and is claimed again once one is free. Who gives way already needs
        none, although it is busy until that is written.
        """
        needed = self.busy - len(self._giving_way) + self._world.telephony.legs_outside
        return needed <= self.line.max_calls

    async def _claim_or_rest(self) -> Sequence[EligibilityFacts]:
        """Claim; a database that fails for a moment costs a moment, not the engine."""
        try:
            return await self._claim()
        except FencedError:
            raise
        except StoreError as error:
            log.error("the queue could not be read", error=str(error))  # noqa: TRY400
            return ()

    def _claim_and_check(self, tx: Transaction, room: int) -> Sequence[EligibilityFacts]:
        now, owner = self._world.clock(), self._world.owner
        if tx.controls.is_stopped():
            return ()
        claimed = tx.attempts.claim_due(owner.name, owner.epoch, now, room, now + CLAIM_LEASE)
        facts = tx.attempts.eligibility([attempt.id for attempt in claimed], now)
        return [each for each in facts if self._may_go(tx, each, now)]

    def _may_go(self, tx: Transaction, facts: EligibilityFacts, now: datetime) -> bool:
        """Ask the stages; an attempt that breaks one of them is put off, and the others go on."""
        attempt, epoch = facts.attempt, self._world.owner.epoch
        try:
            return check_at_claim(tx, self._contents, self.line, facts, epoch, now)
        except StoreError:
            raise
        except Exception:
            log.exception("an attempt could not be checked", attempt=attempt.id)
            tx.attempts.release(attempt.id, epoch, now + BROKEN_DEFERRAL, "could_not_be_checked")
            return False

    async def _work(self, facts: EligibilityFacts) -> None:
        waiting = True
        try:
            prepared = await self._prepared(facts)
            if prepared is None:
                return
            has_line = await self._way_out.wait_for_slot(self._has_line)
            self._waiting_to_dial -= 1
            waiting = False
            self.wake()
            if self._stopping:
                await self._give_back(facts, facts.attempt.due_at, "the engine stops")
            elif not has_line:
                self._giving_way.add(facts.attempt.id)
                await self._give_back(facts, facts.attempt.due_at, "no line is free")
            else:
                await place_call(self._world, self._contents, facts, prepared, self.line)
        finally:
            self._waiting_to_dial -= waiting

    async def _prepared(self, facts: EligibilityFacts) -> NewSession | None:
        """Return what leads the call; None, and the attempt put off, when that can't be made."""
        try:
            return await prepare_call(self._world, self._contents, facts)
        except StoreError:
            raise
        except Exception:
            log.exception("a call could not be prepared", attempt=facts.attempt.id)
            await self._give_back(facts, self._world.clock() + BROKEN_DEFERRAL, "could_not_be_prepared")
            return None

    async def _give_back(self, facts: EligibilityFacts, due_at: datetime, reason: str) -> None:
        attempt_id, epoch = facts.attempt.id, self._world.owner.epoch

        def work(tx: Transaction) -> None:
            if is_claimed(tx, attempt_id, epoch):
                tx.attempts.release(attempt_id, epoch, due_at, reason)

        await self._world.store.write(work)

    async def _rest(self) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), IDLE_SECONDS)
        self._wake.clear()

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._giving_way.discard(task.get_name())
        self.wake()
        if not task.cancelled() and (error := task.exception()) is not None:
            # The row is still claimed (its lease will run out) or placing (reconciliation will see to it).
            log.error("an attempt broke down", attempt=task.get_name(), exc_info=error)
