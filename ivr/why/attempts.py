"""An alert and its attempts, explained."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ivr.attempts.attempt import TERMINAL, Attempt, AttemptState
from ivr.attempts.eligibility.ask import Policies, ask
from ivr.attempts.eligibility.decision import Decision
from ivr.attempts.eligibility.pipeline import CLAIM
from ivr.why import words
from ivr.why.explanation import AlertTold, AttemptTold, DecisionTold
from ivr.why.facts import AlertPast, AttemptPast, DecisionSeen
from ivr.why.waiting import waiting_for

_NOT_YET_DIALLED = frozenset({AttemptState.READY, AttemptState.CLAIMED})


def explain_alert(past: AlertPast, policies: Policies, now: datetime, *, is_stopped: bool) -> AlertTold:
    """Return an alert with every attempt at it."""
    alert = past.alert
    told = [
        _attempt(each, past, policies, now, is_stopped=is_stopped)
        for each in sorted(past.attempts, key=lambda each: (each.attempt.cycle, each.attempt.attempt_no))
    ]
    return AlertTold(
        alert_id=alert.id,
        state=alert.state,
        since=alert.created_at,
        expires_at=alert.expires_at,
        ended_at=past.ended_at,
        end_reason=past.end_reason,
        deferred_until=alert.deferred_until,
        is_passed_on=alert.forwarded is not None,
        why=str(alert.facts.get("reason", "")),
        sentence=words.alert_sentence(
            alert.state, alert.created_at, alert.expires_at, past.ended_at, past.end_reason or ""
        ),
        attempts=tuple(told),
    )


def earlier_than(attempt: Attempt, attempts: Sequence[AttemptPast]) -> list[Attempt]:
    """Return the attempts of the same cycle that are over and came before."""
    return [
        each.attempt
        for each in attempts
        if each.attempt.cycle == attempt.cycle
        and each.attempt.attempt_no < attempt.attempt_no
        and each.attempt.state in TERMINAL
    ]


def asked_now(past: AttemptPast, policies: Policies, now: datetime) -> Decision | None:
    """Return what the stages say now of an attempt that was not dialled yet, as the dispatcher asks them."""
    if past.now is None or past.attempt.state not in _NOT_YET_DIALLED:
        return None
    return ask(CLAIM, past.now, policies, now)


def _attempt(
    past: AttemptPast, of: AlertPast, policies: Policies, now: datetime, *, is_stopped: bool
) -> AttemptTold:
    attempt, decision = past.attempt, asked_now(past, policies, now)
    earlier = earlier_than(attempt, of.attempts)
    return AttemptTold(
        attempt_id=attempt.id,
        cycle=attempt.cycle,
        attempt_no=attempt.attempt_no,
        medium=attempt.medium,
        address=None if past.is_third_party else attempt.address,
        state=attempt.state,
        due_at=attempt.due_at,
        result=attempt.result,
        sentence=words.attempt_sentence(attempt),
        decisions=tuple(_seen(each) for each in past.decisions),
        asked_now=None if decision is None else _told(decision),
        waiting=waiting_for(past, of.alert, earlier, decision, now, is_stopped=is_stopped),
    )


def _seen(seen: DecisionSeen) -> DecisionTold:
    return _told(seen.decision, seen.first_seen_at, seen.last_seen_at, seen.times_seen)


def _told(
    decision: Decision, first: datetime | None = None, last: datetime | None = None, times: int = 0
) -> DecisionTold:
    return DecisionTold(
        stage=decision.stage,
        verdict=decision.verdict.value,
        reason=decision.reason,
        sentence=words.decision_sentence(decision),
        until=decision.until,
        first_seen_at=first,
        last_seen_at=last,
        times_seen=times,
    )
