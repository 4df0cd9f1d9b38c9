"""After a crash or an unanswered originate: what became of each attempt that is placing or in progress?

A call that lives is picked up again. One that ended while nobody listened is recorded from the switch's own
records. One that was certainly never dialled goes back to ready. What nobody can tell is `unknown`: reported,
and not redialled in that cycle.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import partial

import structlog

from ivr.attempts.attempt import Attempt, AttemptState
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.calls.call_report import CallReport
from ivr.calls.call_result import CallResult
from ivr.engine.content import Contents
from ivr.engine.end_talk import end_talk
from ivr.engine.line import Line
from ivr.engine.place_call import finish_call, follow_call, source_of
from ivr.engine.plan_next_attempt import plan_next_attempt
from ivr.engine.ports import Transaction
from ivr.engine.receive_call import resume_received_call
from ivr.engine.run_flow import Talk, saved_talk
from ivr.engine.start_session import read_facts, resume_session
from ivr.engine.telephony import LiveCall
from ivr.engine.world import Evidence, World
from ivr.errors import FencedError, StoreError

log = structlog.get_logger()

LOOKS = 3
"""How often the switch is asked about a call that it has begun, that is not up, and whose end is not written
down: between two looks lies the time that the records take to settle."""

Keep = Callable[[asyncio.Task[None]], None]


class Fate(Enum):
    """What became of an attempt."""

    LIVES = "its call is up"
    ENDED = "its call has ended; the switch's records tell how"
    ANSWERED_AND_OVER = "somebody had answered, and the call is no longer up; nobody saw it end"
    NOT_DIALLED = "the switch has never heard of it, and its records have no gap"
    UNKNOWN = "nobody can tell"


UNSETTLED = frozenset({Fate.UNKNOWN, Fate.ANSWERED_AND_OVER})
"""A second look may tell more."""


def fate_of(attempt: Attempt, evidence: Evidence) -> Fate:
    """Judge an attempt whose call is not up by what the switch has on record; every doubt is UNKNOWN."""
    if evidence.report is not None:
        return Fate.ENDED
    if attempt.state is AttemptState.IN_PROGRESS:
        return Fate.ANSWERED_AND_OVER
    if evidence.was_dialled or evidence.since is None or attempt.placing_at is None:
        return Fate.UNKNOWN
    return Fate.NOT_DIALLED if evidence.since < attempt.placing_at else Fate.UNKNOWN


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What reconciliation came to."""

    fates: Mapping[str, Fate]
    """By attempt id."""


async def reconcile_calls(
    world: World,
    contents: Contents,
    attempts: Sequence[Attempt],
    live_calls: Sequence[LiveCall],
    keep: Keep,
    line: Line | None = None,
) -> Reconciled:
    """Settle the fate of each attempt; `keep` is handed a task for each call that goes on.

    `line` says how it is listened who picked such a call up; None: it is not.
    What goes wrong with one attempt is logged and leaves it as it is, for the next sweep.
    """
    unsettled = {attempt.id: attempt for attempt in attempts}
    reconciliation = _Reconciliation(world, contents, keep, unsettled, line)
    await reconciliation.pick_up(live_calls)
    for look in range(1, LOOKS + 1):
        if reconciliation.open:
            await reconciliation.look(is_last=look == LOOKS)
    return Reconciled(reconciliation.fates)


@dataclass(slots=True)
class _Reconciliation:
    world: World
    contents: Contents
    keep: Keep
    open: dict[str, Attempt]
    """The attempts whose fate is not known yet."""
    line: Line | None
    fates: dict[str, Fate] = field(default_factory=dict)

    async def pick_up(self, live_calls: Sequence[LiveCall]) -> None:
        """Go on with the calls that are up, and end those that belong to no attempt and did not come in."""
        for call in live_calls:
            attempt = self.open.get(call.call_id)
            if attempt is None:
                await self._take_stranger(call)
                continue
            self._is(attempt, Fate.LIVES)
            self.keep(asyncio.create_task(self._go_on(attempt, call), name=attempt.id))

    async def _take_stranger(self, call: LiveCall) -> None:
        opened = await self.world.store.read(lambda tx: tx.calls.get(call.call_id))
        if opened is None or opened.direction != "inbound":
            log.warning("a call without an attempt is ended", call=call.call_id)
            await call.hang_up()
            return
        log.info("a call that came in goes on", call=call.call_id)
        going_on = resume_received_call(self.world, self.contents, opened, call)
        self.keep(asyncio.create_task(going_on, name=call.call_id))

    async def look(self, *, is_last: bool) -> None:
        """Ask the switch's records, then once more for calls that are up: one may have begun meanwhile."""
        world, asked = self.world, dict(self.open)
        since = min(attempt.placing_at or world.clock() for attempt in asked.values())
        evidence = await world.records.evidence(asked.keys(), since)
        await self.pick_up(await world.telephony.adopt_live_calls())
        for attempt in [attempt for attempt in asked.values() if attempt.id in self.open]:
            fate = fate_of(attempt, evidence[attempt.id])
            if is_last or fate not in UNSETTLED:
                self._is(attempt, fate)
                await self._settle(attempt, fate, evidence[attempt.id].report)

    def _is(self, attempt: Attempt, fate: Fate) -> None:
        log.info("reconciled", attempt=attempt.id, state=attempt.state.value, fate=fate.name.lower())
        self.fates[attempt.id] = fate
        del self.open[attempt.id]

    async def _settle(self, attempt: Attempt, fate: Fate, report: CallReport | None) -> None:
        try:
            match fate:
                case Fate.NOT_DIALLED:
                    await self.world.store.write(partial(_release, self.world, attempt))
                case Fate.UNKNOWN:
                    await self.world.store.write(partial(_mark_unknown, self.world, self.contents, attempt))
                case _:
                    await self._record(attempt, report or _unseen_end(attempt, self.world))
        except FencedError:
            raise
        except Exception:
            log.exception("an attempt could not be reconciled", attempt=attempt.id)

    async def _go_on(self, attempt: Attempt, call: LiveCall) -> None:
        world = self.world
        try:
            facts = await read_facts(world, attempt.id)
            session = await resume_session(world, self.contents, facts)
            talk = await saved_talk(world, attempt.id, session)
        except FencedError:
            raise
        except Exception:
            log.exception("a call could not be picked up and is ended", attempt=attempt.id)
            await call.hang_up()
            return
        self._listen_again(facts, talk)
        await follow_call(world, self.contents, facts, session, call, talk)

    def _listen_again(self, facts: EligibilityFacts, talk: Talk) -> None:
        """Find out anew who or what picked up; once a key was pressed, a person did."""
        wanted = self.contents.listens(facts.alert.rule)
        listening = None if self.line is None else self.line.listening_for(wanted)
        if listening is not None and (talk.state is None or talk.state.opening != ()):
            self.world.telephony.listen(facts.attempt.id, listening)

    async def _record(self, attempt: Attempt, report: CallReport) -> None:
        world = self.world
        facts = await read_facts(world, attempt.id)
        opened = await world.store.read(lambda tx: tx.calls.get(attempt.id))
        if opened is None:
            raise StoreError(f"attempt {attempt.id} was placed without a row of its call")
        try:
            session = await resume_session(world, self.contents, facts)
            talk = await saved_talk(world, attempt.id, session)
        except StoreError:
            raise  # the next sweep can read it
        except Exception:
            # It is over, whatever was said. Left open it would hold what it settles for ever.
            log.exception("the talk of a call is lost; it is closed without it", attempt=attempt.id)
            talk = Talk()
        else:
            await end_talk(world, self.contents, attempt.id, session, talk, source_of(facts))
        await finish_call(world, self.contents, facts, opened.flow_version, report, talk)


def _unseen_end(attempt: Attempt, world: World) -> CallReport:
    """Somebody had answered (the ledger has when), and now the call is gone."""
    now = world.clock()
    return CallReport(attempt.id, CallResult.ANSWERED, None, attempt.placing_at or now, now)


def _release(world: World, attempt: Attempt, tx: Transaction) -> None:
    tx.attempts.release(attempt.id, world.owner.epoch, attempt.due_at, "not_dialled")


def _mark_unknown(world: World, contents: Contents, attempt: Attempt, tx: Transaction) -> None:
    now = world.clock()
    reason = "nobody can tell whether it rang"
    tx.attempts.close(attempt.id, world.owner.epoch, AttemptState.UNKNOWN, now, reason, "unknown")
    plan_next_attempt(tx, contents, tx.alerts.get(attempt.alert_id), now)
