"""What an attempt waits for, and until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ivr.alerts.alert import Alert
from ivr.attempts.attempt import TERMINAL, Attempt, AttemptState
from ivr.attempts.eligibility.decision import Decision, Verdict
from ivr.why import words
from ivr.why.explanation import Waiting
from ivr.why.facts import AttemptPast

DUE = "due"
STOPPED = "stopped"


def waiting_for(
    past: AttemptPast,
    alert: Alert,
    earlier: Sequence[Attempt],
    asked_now: Decision | None,
    now: datetime,
    *,
    is_stopped: bool,
) -> Waiting | None:
    """Return it; None for an attempt that is over. `earlier` are those before it in its cycle.

    Whatever the stages say of one that is due, it waits for that: the dispatcher will say the same.
    """
    attempt = past.attempt
    if attempt.state in TERMINAL:
        return None
    if attempt.state is not AttemptState.READY:
        return Waiting(attempt.state.value, f"{words.on_its_way(attempt.state)}", None)
    if attempt.due_at > now:
        return _until_due(past, alert, earlier)
    if asked_now is not None and asked_now.verdict is not Verdict.GO:
        return Waiting(asked_now.reason, words.told(asked_now), asked_now.until)
    if is_stopped:
        return Waiting(STOPPED, "all calls are stopped", None)
    return Waiting(DUE, "it is due, and goes out as soon as the engine has room", None)


def _until_due(past: AttemptPast, alert: Alert, earlier: Sequence[Attempt]) -> Waiting:
    attempt = past.attempt
    if alert.deferred_until == attempt.due_at:
        return Waiting("asked_to_call_later", "the customer wants to hear of it then", attempt.due_at)
    put_off = [
        seen
        for seen in past.decisions
        if seen.decision.verdict is Verdict.DEFER and seen.decision.until == attempt.due_at
    ]
    if put_off:
        last = max(put_off, key=lambda seen: seen.last_seen_at)
        return Waiting(last.decision.reason, words.told(last.decision), attempt.due_at)
    if past.released_because is not None:
        return Waiting("put_off", words.clause(past.released_because), attempt.due_at)
    if earlier and earlier[-1].step == attempt.step:
        told = f"a pause after the try before, which came to this: {words.ending_clause(earlier[-1])}"
        return Waiting("retry_pause", told, attempt.due_at)
    told = "the next step of the plan comes later" if earlier else "the plan begins later"
    return Waiting("plan_delay", told, attempt.due_at)
