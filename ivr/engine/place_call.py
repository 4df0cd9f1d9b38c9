"""Take one claimed attempt to its end: speech ready, last check and `placing` on disk, dial, talk, record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import structlog

from ivr.accounts.suppression import KEYPAD, THIRD_PARTY
from ivr.attempts.attempt import AttemptState
from ivr.attempts.eligibility.decision import Decision, Verdict
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.calls.answered_by import AnsweredBy
from ivr.calls.call_report import CallReport
from ivr.calls.call_result import CallResult
from ivr.engine.asked_slower import times_asked_slower
from ivr.engine.by_matter import meant_about
from ivr.engine.check_eligibility import act_on, check_at_answer, check_at_originate
from ivr.engine.content import Contents
from ivr.engine.host import Host
from ivr.engine.judge_answer import aftermath_of, answered_by
from ivr.engine.line import Line
from ivr.engine.ports import NewCall, Transaction
from ivr.engine.record_call import begin_recording, go_on_recording
from ivr.engine.record_outcome import EndedCall, record_outcome
from ivr.engine.record_outcome import Verdict as HeardVerdict
from ivr.engine.run_flow import Talk, run_flow, say_goodbye
from ivr.engine.start_session import NewSession, start_session
from ivr.engine.telephony import CallOrder, LiveCall
from ivr.engine.world import World
from ivr.errors import AriRefusedError, AriUnavailableError, FencedError
from ivr.flows.known_before import known_before
from ivr.flows.session import Session
from ivr.flows.state import SessionState
from ivr.phone_number import PhoneNumber
from ivr.prompts.content_tier import ContentTier

log = structlog.get_logger()

BUSY_DEFERRAL = timedelta(seconds=30)
"""How long an attempt rests when its customer or number is on another call."""

AWAY_DEFERRAL = timedelta(seconds=5)
"""How long an attempt rests that the switch was not there to dial."""

STOP_DEFERRAL = timedelta(seconds=10)
"""How long an attempt rests that was stopped on the brink by `ivr stop-all`."""


async def prepare_call(world: World, contents: Contents, facts: EligibilityFacts) -> NewSession:
    """Build the session and render all that it can say, so that a call never waits for speech."""
    prepared = await start_session(world, contents, facts)
    await world.speech.prepare(known_before(prepared.session))
    return prepared


async def place_call(
    world: World, contents: Contents, facts: EligibilityFacts, prepared: NewSession, line: Line
) -> Decision | None:
    """Dial and see the call through; return the decision that stopped it, or None when it was dialled."""
    attempt = facts.attempt
    started_at = world.clock()
    session, flow = prepared.session, prepared.session.flow
    call = NewCall(
        id=attempt.id,
        attempt_id=attempt.id,
        direction="outbound",
        number=attempt.address,
        trunk=line.trunk,
        caller_id=line.caller_id,
        flow=flow.name,
        flow_version=flow.version,
        started_at=started_at,
        content_version=prepared.content_version,
    )
    decision = await world.store.write(lambda tx: commit_placing(tx, contents, world, line, attempt.id, call))
    if decision.verdict is not Verdict.GO:
        return decision
    order = CallOrder(
        attempt.id,
        PhoneNumber(attempt.address),
        line.trunk,
        line.caller_id,
        prepared.ring_timeout,
        line.max_duration,
        line.listening_for(contents.listens(facts.alert.rule)),
    )
    try:
        live = await world.telephony.place(order)
    except AriRefusedError as error:
        log.warning("the switch refused to dial", attempt=attempt.id, error=str(error))
        if error.status is None:  # nothing was sent: the fault is ours and no try of the customer's
            await world.store.write(partial(put_back, attempt.id, world.owner.epoch, world.clock()))
            return None
        await finish_call(world, contents, facts, flow.version, _refused(call, world.clock()), Talk())
        return None
    except AriUnavailableError as error:
        # It may ring or not: the row stays `placing` until reconciliation has the evidence.
        log.error("nobody knows whether this was dialled", attempt=attempt.id, error=str(error))  # noqa: TRY400
        return None
    await follow_call(world, contents, facts, session, live, Talk())
    return None


def commit_placing(
    tx: Transaction, contents: Contents, world: World, line: Line, attempt_id: str, call: NewCall
) -> Decision:
    """Check once more and write `placing` and the call's row; nothing is dialled before this is on disk."""
    now, epoch = world.clock(), world.owner.epoch
    if not is_claimed(tx, attempt_id, epoch):
        detail = "its claim ran out, and somebody else has it in hand"
        return Decision("claim", Verdict.DEFER, "claim_lost", detail, now)
    if tx.controls.is_stopped():
        return _put_off(tx, contents, attempt_id, _stopped(now), epoch, now)
    decision = check_at_originate(tx, contents, line, attempt_id, epoch, now)
    if decision.verdict is not Verdict.GO:
        return decision
    if not tx.attempts.placing(attempt_id, epoch, now):
        return _put_off(tx, contents, attempt_id, _on_another_call(now), epoch, now)
    tx.calls.open(call)
    return decision


def is_claimed(tx: Transaction, attempt_id: str, epoch: int) -> bool:
    """Say whether the attempt is still claimed under `epoch`: only then may it be dialled or put off."""
    attempt = tx.attempts.get(attempt_id)
    return attempt.state is AttemptState.CLAIMED and attempt.epoch == epoch


def _put_off(
    tx: Transaction, contents: Contents, attempt_id: str, no: Decision, epoch: int, now: datetime
) -> Decision:
    """Keep a no that is none of the stages', and act on it."""
    (facts,) = tx.attempts.eligibility([attempt_id], now)
    tx.alerts.decided(facts.alert.id, attempt_id, no, now)
    act_on(tx, contents, facts, no, epoch, now)
    return no


def _stopped(now: datetime) -> Decision:
    return Decision("stop_all", Verdict.DEFER, "stopped", "all calls are stopped", now + STOP_DEFERRAL)


def _on_another_call(now: datetime) -> Decision:
    detail = "the customer or the number is on another call"
    return Decision("call_in_progress", Verdict.DEFER, "call_in_progress", detail, now + BUSY_DEFERRAL)


def put_back(attempt_id: str, epoch: int, now: datetime, tx: Transaction) -> None:
    """Put back what was certainly not dialled, for when the switch is there again."""
    tx.attempts.release(attempt_id, epoch, now + AWAY_DEFERRAL, "switch_away")


async def follow_call(
    world: World,
    contents: Contents,
    facts: EligibilityFacts,
    session: Session,
    live: LiveCall,
    talk: Talk,
) -> None:
    """See a dialled call through to its recorded end."""
    attempt = facts.attempt
    answered_at = await live.wait_for_answer()
    if answered_at is not None:
        host = Host(world, contents, live, source_of(facts))
        try:
            objection, recorder = None, None
            if attempt.state is AttemptState.IN_PROGRESS:  # the call was picked up again
                recorder = await go_on_recording(host)
            else:
                objection = await world.store.write(
                    lambda tx: take_answer(tx, contents, attempt.id, world.owner.epoch, answered_at)
                )
                if objection is None:
                    rule = facts.alert.rule
                    terms = contents.recording_terms(rule)
                    recorder = await begin_recording(host, session.flow, terms, rule)
            await run_flow(replace(host, recorder=recorder), session, talk, answered_at, objection)
        except FencedError:
            raise  # the call is another engine's now
        except Exception:
            log.exception("the answer could not be taken; the call is ended", attempt=attempt.id)
            await say_goodbye(host, session, talk, "the answer could not be taken")
    report = await live.wait_for_end()
    if answered_at is None and report.cause is None:
        # It ended while the switch was out of sight; the sweep asks its records how.
        log.warning("nobody saw how this call ended", attempt=attempt.id)
        return
    await finish_call(world, contents, facts, session.flow.version, report, talk)


def source_of(facts: EligibilityFacts) -> str:
    """Return what a wish to be left alone is marked with that is keyed in an attempt's call."""
    return KEYPAD if facts.alert.forwarded is None else THIRD_PARTY


def take_answer(tx: Transaction, contents: Contents, attempt_id: str, epoch: int, at: datetime) -> str | None:
    """Note the answer; return why nothing may be said about the matter any more, where that is so."""
    note_answer(tx, attempt_id, epoch, at)
    decision = check_at_answer(tx, contents, attempt_id, at)
    return None if decision.verdict is Verdict.GO else decision.reason


def note_answer(tx: Transaction, attempt_id: str, epoch: int, at: datetime) -> None:
    """The call is answered: the attempt is in progress."""
    tx.attempts.in_progress(attempt_id, epoch, at)
    tx.calls.answered(attempt_id, at)


async def finish_call(
    world: World,
    contents: Contents,
    facts: EligibilityFacts,
    flow_version: str,
    report: CallReport,
    talk: Talk,
) -> None:
    """Record the end of a call with what was meant in it."""
    ended = EndedCall(
        facts.attempt,
        world.owner.epoch,
        replace(report, answered_by=answered_by(talk.state)),
        () if talk.state is None else meant_about(facts.alert.id, talk.state),
        tuple(talk.steps),
        flow_version,
        _verdict(talk.state),
        message_left=talk.state is not None and talk.state.message_left,
        asked_slower=times_asked_slower(talk.state, ContentTier.CONFIRMED),
    )
    targets = tuple(world.targets)
    await world.store.write(
        lambda tx: record_outcome(tx, contents, world.messaging, targets, ended, world.clock())
    )


def _verdict(state: SessionState | None) -> HeardVerdict | None:
    if state is None or state.answered_by is AnsweredBy.UNKNOWN:
        return None
    return HeardVerdict(state.answered_by, aftermath_of(state))


def _refused(call: NewCall, now: datetime) -> CallReport:
    return CallReport(
        call_id=call.id, result=CallResult.UNREACHABLE, cause=None, started_at=call.started_at, ended_at=now
    )
