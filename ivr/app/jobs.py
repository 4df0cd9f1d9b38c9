"""What the clock does: which use case, how often."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

import structlog

from ivr.attempts.attempt import Attempt, AttemptState
from ivr.engine.content import Contents
from ivr.engine.deliver_messages import deliver_messages
from ivr.engine.dispatch_attempts import Dispatcher
from ivr.engine.end_forwards import end_forwards
from ivr.engine.end_holds import end_holds
from ivr.engine.keep_recordings import keep_recordings, prune_recordings
from ivr.engine.pay_automatically import pay_automatically
from ivr.engine.pay_by_link import finish_link_payments
from ivr.engine.ports import NewCall
from ivr.engine.push_outcome import push_outcomes
from ivr.engine.raise_invitations import raise_invitations
from ivr.engine.reconcile_calls import reconcile_calls
from ivr.engine.reconcile_payments import reconcile_payments
from ivr.engine.reconcile_received_calls import close_received_calls
from ivr.engine.review_promises import review_promises
from ivr.engine.scan_rule import scan_rule
from ivr.engine.world import World
from ivr.rules.rule import Rule
from ivr.schedule import Schedule

log = structlog.get_logger()

PUSH_SECONDS = 1.0
MESSAGE_SECONDS = 1.0
SWEEP_SECONDS = 10.0
REVIEW_SECONDS = 60.0
KEEP_SECONDS = 2.0
_SCAN = "scan "
"""What the names of the rules' jobs begin with."""
_STRAY_AFTER = timedelta(minutes=1)
"""So long after it began a call that no task of ours follows has lost its originate's answer, or its end."""


def add_jobs(schedule: Schedule, world: World, contents: Contents, dispatcher: Dispatcher) -> None:
    """Put every regular use case on the clock."""
    schedule_rules(schedule, world, contents, dispatcher)
    schedule.every(PUSH_SECONDS, "push outcomes", partial(_push, world))
    schedule.every(MESSAGE_SECONDS, "deliver messages", partial(_deliver, world, contents))
    schedule.every(SWEEP_SECONDS, "sweep", partial(_sweep, world, contents, dispatcher))
    schedule.every(REVIEW_SECONDS, "review promises", partial(_review, world, contents))
    schedule.every(REVIEW_SECONDS, "end holds", partial(_end_holds, world, contents, dispatcher))
    schedule.every(REVIEW_SECONDS, "end forwards", partial(_end_forwards, world, contents, dispatcher))
    schedule.every(KEEP_SECONDS, "keep recordings", partial(_keep, world))
    schedule.every(REVIEW_SECONDS, "prune recordings", partial(_prune, world))
    schedule.every(REVIEW_SECONDS, "pay automatically", partial(_pay, world, contents))
    schedule.every(REVIEW_SECONDS, "invite to pay", partial(_invite, world, contents))


def schedule_rules(schedule: Schedule, world: World, contents: Contents, dispatcher: Dispatcher) -> None:
    """Put the live rules on the clock, in the place of those that were on it."""
    schedule.remove(_SCAN)
    for rule in contents.live.book.rules.values():
        tick = partial(_scan, world, contents, rule, dispatcher)
        if rule.schedule.every is not None:
            schedule.every(rule.schedule.every.total_seconds(), f"{_SCAN}{rule.name}", tick)
        elif rule.schedule.cron is not None:
            schedule.cron(rule.schedule.cron, contents.live.time_zone, f"{_SCAN}{rule.name}", tick)


async def _scan(
    world: World, contents: Contents, rule: Rule, dispatcher: Dispatcher, ticks: Sequence[datetime]
) -> None:
    # Ticks that were missed are worked as one: every match of theirs matches now, or is over.
    scanned = await scan_rule(world, contents, rule, ticks[-1])
    if scanned.alerts:
        log.info("rule scanned", rule=rule.name, matched=scanned.matched, alerts=scanned.alerts)
        dispatcher.wake()


async def _push(world: World, _ticks: Sequence[datetime]) -> None:
    await push_outcomes(world)


async def _deliver(world: World, contents: Contents, _ticks: Sequence[datetime]) -> None:
    await deliver_messages(world, contents)


async def _review(world: World, contents: Contents, _ticks: Sequence[datetime]) -> None:
    reviewed = await review_promises(world, contents)
    if reviewed.kept or reviewed.broken:
        log.info("promises reviewed", kept=reviewed.kept, broken=reviewed.broken)


async def _end_holds(
    world: World, contents: Contents, dispatcher: Dispatcher, _ticks: Sequence[datetime]
) -> None:
    if resumed := await end_holds(world, contents):
        log.info("holds are over", resumed=resumed)
        dispatcher.wake()


async def _end_forwards(
    world: World, contents: Contents, dispatcher: Dispatcher, _ticks: Sequence[datetime]
) -> None:
    if ended := await end_forwards(world, contents):
        log.info("what was passed on was not opened in time", ended=ended)
        dispatcher.wake()


async def _keep(world: World, _ticks: Sequence[datetime]) -> None:
    if kept := await keep_recordings(world):
        log.info("calls were recorded", kept=kept)


async def _prune(world: World, _ticks: Sequence[datetime]) -> None:
    if pruned := await prune_recordings(world):
        log.info("recordings were kept long enough", deleted=pruned)


async def _pay(world: World, contents: Contents, _ticks: Sequence[datetime]) -> None:
    if made := await pay_automatically(world, contents):
        log.info("automatic payments were made", made=made)


async def _invite(world: World, contents: Contents, _ticks: Sequence[datetime]) -> None:
    if invited := await raise_invitations(world, contents):
        log.info("customers were invited to pay", invited=invited)


async def _sweep(
    world: World, contents: Contents, dispatcher: Dispatcher, _ticks: Sequence[datetime]
) -> None:
    now = world.clock()
    await world.store.write(lambda tx: tx.attempts.release_expired_claims(now))
    await reconcile_payments(world, contents)
    await finish_link_payments(world, contents)
    await _sweep_attempts(world, contents, dispatcher)
    await _sweep_received(world, contents, dispatcher)


async def _sweep_attempts(world: World, contents: Contents, dispatcher: Dispatcher) -> None:
    suspects = {attempt.id for attempt in await _unfollowed(world, dispatcher)}
    if not suspects or not world.telephony.is_ready:
        return
    # Looked at twice: a call may have been recorded between the ledger's answer and the dispatcher's.
    strays = [attempt for attempt in await _unfollowed(world, dispatcher) if attempt.id in suspects]
    if strays:
        await _take_up(world, contents, dispatcher, strays)


async def _take_up(
    world: World, contents: Contents, dispatcher: Dispatcher, strays: Sequence[Attempt] = ()
) -> None:
    live = await world.telephony.adopt_live_calls()
    # This takes up every call that nobody follows, so younger ones are picked up with the strays.
    ids = {call.call_id for call in live} - {attempt.id for attempt in strays}
    young = [attempt for attempt in await _open_attempts(world) if attempt.id in ids]
    await reconcile_calls(world, contents, [*strays, *young], live, dispatcher.keep, dispatcher.line)


async def _sweep_received(world: World, contents: Contents, dispatcher: Dispatcher) -> None:
    """Close calls that came in whose end could not be written: what they settled would wait for ever."""
    suspects = {call.id for call in await _unfollowed_callers(world, dispatcher)}
    if not suspects or not world.telephony.is_ready:
        return
    await _take_up(world, contents, dispatcher)  # what is still up is followed from here on
    over = [call for call in await _unfollowed_callers(world, dispatcher) if call.id in suspects]
    await close_received_calls(world, contents, over)


async def _unfollowed_callers(world: World, dispatcher: Dispatcher) -> Sequence[NewCall]:
    """Return the calls that came in a while ago, have no end and that no task of ours follows."""
    began_before = world.clock() - _STRAY_AFTER
    opened = await world.store.read(lambda tx: tx.calls.unended_inbound())
    return [call for call in opened if call.started_at < began_before and not dispatcher.follows(call.id)]


async def _unfollowed(world: World, dispatcher: Dispatcher) -> Sequence[Attempt]:
    """Return our attempts that should have a call for a while now and that no task of ours follows."""
    began_before = world.clock() - _STRAY_AFTER
    return [
        attempt
        for attempt in await _open_attempts(world)
        if attempt.epoch == world.owner.epoch
        and not dispatcher.follows(attempt.id)
        and attempt.placing_at is not None
        and attempt.placing_at < began_before
    ]


async def _open_attempts(world: World) -> Sequence[Attempt]:
    return await world.store.read(
        lambda tx: tx.attempts.in_states([AttemptState.PLACING, AttemptState.IN_PROGRESS])
    )
