"""Ask the stages about an attempt, keep their answer, and act on a no."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ivr.alerts.alert import AlertState
from ivr.attempts.attempt import AttemptState
from ivr.attempts.eligibility.ask import Policies, ask
from ivr.attempts.eligibility.decision import Decision, Verdict
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.pipeline import ANSWER, CLAIM, ORIGINATE, Stage
from ivr.attempts.eligibility.policy import DialPermission
from ivr.attempts.eligibility.reasons import CAUSE_GONE, NOT_WANTED
from ivr.engine.content import Contents
from ivr.engine.line import Line
from ivr.engine.plan_next_attempt import end_alert, plan_next_attempt
from ivr.engine.ports import Transaction

_EXPIRED = "alert_expired"
_ENDS_THE_ALERT = {
    CAUSE_GONE: AlertState.CLEARED,
    NOT_WANTED: AlertState.CLEARED,
    _EXPIRED: AlertState.EXPIRED,
}


def check_at_claim(
    tx: Transaction, contents: Contents, line: Line, facts: EligibilityFacts, epoch: int, now: datetime
) -> bool:
    """Ask all stages about a claimed attempt; on a no it is put off or cancelled here. Return the yes."""
    return _check(CLAIM, tx, contents, line, facts, epoch, now).verdict is Verdict.GO


def check_at_originate(
    tx: Transaction, contents: Contents, line: Line, attempt_id: str, epoch: int, now: datetime
) -> Decision:
    """Ask again, right before dialling, what our own data can answer; a no is acted on here."""
    (facts,) = tx.attempts.eligibility([attempt_id], now)
    return _check(ORIGINATE, tx, contents, line, facts, epoch, now)


def check_at_answer(tx: Transaction, contents: Contents, attempt_id: str, now: datetime) -> Decision:
    """Ask once more when somebody answers; a no is kept, and the call ends with a kind sentence."""
    (facts,) = tx.attempts.eligibility([attempt_id], now)
    decision = ask(ANSWER, facts, _policies(contents, DialPermission()), now)
    if decision.verdict is not Verdict.GO:
        tx.alerts.decided(facts.alert.id, attempt_id, decision, now)
    return decision


def act_on(
    tx: Transaction,
    contents: Contents,
    facts: EligibilityFacts,
    decision: Decision,
    epoch: int,
    now: datetime,
) -> None:
    """Put the claimed attempt off or cancel it; a cancelled one is followed by what the plan has next."""
    attempt, alert = facts.attempt, facts.alert
    match decision.verdict:
        case Verdict.GO:
            return
        case Verdict.DEFER:
            tx.attempts.release(attempt.id, epoch, decision.until or now, decision.reason)
        case Verdict.CANCEL:
            state = AttemptState.EXPIRED if decision.reason == _EXPIRED else AttemptState.CANCELLED
            tx.attempts.close(attempt.id, epoch, state, now, decision.reason, None)
            if (ended_as := _ENDS_THE_ALERT.get(decision.reason)) is not None:
                end_alert(tx, contents, alert, ended_as, decision.reason, now)
            else:
                plan_next_attempt(tx, contents, alert, now)


def _check(
    stages: Sequence[Stage],
    tx: Transaction,
    contents: Contents,
    line: Line,
    facts: EligibilityFacts,
    epoch: int,
    now: datetime,
) -> Decision:
    permission = line.permission(is_live=tx.controls.is_live())
    decision = ask(stages, facts, _policies(contents, permission), now)
    tx.alerts.decided(facts.alert.id, facts.attempt.id, decision, now)
    act_on(tx, contents, facts, decision, epoch, now)
    return decision


def _policies(contents: Contents, permission: DialPermission) -> Policies:
    return Policies(contents.live.book, contents.live.time_zone, permission)
