"""After a crash or an unanswered originate: what became of each attempt that is placing or in progress?

A call that lives is picked up again. One that ended while nobody listened is recorded from the switch's own
records. One that was certainly never dialled goes back to ready. What nobody can tell is `unknown`: reported,
and not redialled in that cycle.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial

import structlog

from ivr.attempts.attempt import Attempt, AttemptState
from ivr.engine.content import Content
from ivr.engine.place_call import finish_call, follow_call
from ivr.engine.plan_next_attempt import plan_next_attempt
from ivr.engine.ports import Transaction
from ivr.engine.run_flow import Talk
from ivr.engine.start_session import read_facts, start_session
from ivr.engine.telephony import LiveCall
from ivr.engine.world import Evidence, World
from ivr.flows.state import load_state

log = structlog.get_logger()


class Fate(Enum):
    """What became of an attempt."""

    LIVES = "its call is up"
    ENDED = "its call has ended; the switch's records tell how"
    NOT_DIALLED = "the switch has never heard of it, and its records have no gap"
    UNKNOWN = "nobody can tell"


def fate_of(attempt: Attempt, is_live: bool, evidence: Evidence | None) -> Fate:
    """Judge one attempt by what the switch shows; every doubt is UNKNOWN."""
    if is_live:
        return Fate.LIVES
    if evidence is None:
        return Fate.UNKNOWN
    if evidence.report is not None:
        return Fate.ENDED
    continuous = (
        evidence.since is not None and attempt.placing_at is not None and evidence.since < attempt.placing_at
    )
    if continuous and not evidence.was_dialled and attempt.state is AttemptState.PLACING:
        return Fate.NOT_DIALLED
    return Fate.UNKNOWN


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What reconciliation came to."""

    fates: Mapping[str, Fate]
    """By attempt id."""


async def reconcile_calls(
    world: World,
    content: Content,
    attempts: Sequence[Attempt],
    live_calls: Sequence[LiveCall],
    keep: Callable[[asyncio.Task[None]], None],
) -> Reconciled:
    """Settle the fate of each attempt; `keep` is handed a task for each call that goes on."""
    live = {call.call_id: call for call in live_calls}
    fates: dict[str, Fate] = {}
    for attempt in attempts:
        call = live.pop(attempt.id, None)
        evidence = None if call else await world.records.evidence(attempt.id)
        fate = fates[attempt.id] = fate_of(attempt, call is not None, evidence)
        log.info("reconciled", attempt=attempt.id, state=attempt.state.value, fate=fate.name.lower())
        if call is not None:
            keep(asyncio.create_task(_pick_up(world, content, attempt, call), name=attempt.id))
        elif fate is Fate.ENDED and evidence is not None:
            await _record_from_evidence(world, content, attempt, evidence)
        elif fate is Fate.NOT_DIALLED:
            await world.store.write(partial(_release, world, attempt))
        else:
            await world.store.write(partial(_mark_unknown, world, content, attempt))
    for stray in live.values():
        log.warning("a call without an attempt is ended", call=stray.call_id)
        await stray.hang_up()
    return Reconciled(fates)


async def _pick_up(world: World, content: Content, attempt: Attempt, call: LiveCall) -> None:
    facts = await read_facts(world, attempt.id)
    session = await start_session(world, content, facts)
    talk = await _saved_talk(world, attempt)
    if talk.state is not None and talk.state.flow_version != session.flow.version:
        log.warning("its flow has changed; the call begins anew", attempt=attempt.id)
        talk = Talk()
    await follow_call(world, content, facts, session, call, talk)


async def _record_from_evidence(world: World, content: Content, attempt: Attempt, evidence: Evidence) -> None:
    facts = await read_facts(world, attempt.id)
    session = await start_session(world, content, facts)
    talk = await _saved_talk(world, attempt)
    if evidence.report is not None:
        await finish_call(world, content, facts, session, evidence.report, talk)


async def _saved_talk(world: World, attempt: Attempt) -> Talk:
    saved = await world.store.read(lambda tx: tx.calls.checkpoint(attempt.id))
    return Talk(load_state(saved)) if saved else Talk()


def _release(world: World, attempt: Attempt, tx: Transaction) -> None:
    tx.attempts.release(attempt.id, world.owner.epoch, attempt.due_at, "not_dialled")


def _mark_unknown(world: World, content: Content, attempt: Attempt, tx: Transaction) -> None:
    now = world.clock()
    reason = "nobody can tell whether it rang"
    tx.attempts.close(attempt.id, world.owner.epoch, AttemptState.UNKNOWN, now, reason, "unknown")
    plan_next_attempt(tx, content, tx.alerts.get(attempt.alert_id), now)
