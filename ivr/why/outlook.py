"""When an attempt would be made, as things stand: the stages are asked again at every moment they name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ivr.accounts.contact_point import ContactPoint
from ivr.accounts.suppression import Suppression
from ivr.alerts.forwarding import plan_of, retry_of
from ivr.attempts.attempt import Attempt, AttemptState
from ivr.attempts.eligibility.ask import Policies, ask
from ivr.attempts.eligibility.decision import Decision, Verdict
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.pipeline import CLAIM
from ivr.attempts.eligibility.reasons import ADDRESS_REASONS
from ivr.attempts.next_action import NextAttempt, next_action

MOST_LOOKS = 200
"""Hours that never meet would put it off for ever."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What will come of an attempt if nothing changes but the clock."""

    at: datetime | None
    """When it is made; None: not as things stand."""
    address: str
    """Where."""
    decision: Decision
    """The yes, or what stands against it: a CANCEL, or a DEFER whose end nobody knows."""


def outlook(facts: EligibilityFacts, policies: Policies, at: datetime, now: datetime) -> Outlook:
    """Ask from `at` on, one address only; `facts` are as they are `now`.

    A call that is up now is taken to be over later: no stage is asked about it but at this moment.
    A stage that says the same again at the moment when it wanted to be asked again only looks whether
    somebody has done something: a hold lifted, a promise judged, the installation live.
    """
    later = replace(facts, open_call=None)
    decision = ask(CLAIM, facts if at <= now else later, policies, at)
    for _ in range(MOST_LOOKS):
        if decision.verdict is Verdict.GO:
            return Outlook(at, facts.attempt.address, decision)
        if decision.verdict is Verdict.CANCEL or decision.until is None:
            break
        at = decision.until
        again = ask(CLAIM, later, policies, at)
        if (again.stage, again.reason) == (decision.stage, decision.reason):
            break
        decision = again
    return Outlook(None, facts.attempt.address, decision)


def outlook_on_all(
    facts: EligibilityFacts,
    history: Sequence[Attempt],
    contact_points: Sequence[ContactPoint],
    suppressions: Sequence[Suppression],
    policies: Policies,
    at: datetime,
    now: datetime,
) -> Outlook:
    """Ask from `at` on; where only the address is in the way, the next one of the same step is asked about.

    `history` are the attempts before it in its cycle. Which one is next is told by the plan and the retry
    rule that are live; the engine goes on by those of the version that made the alert.
    """
    found = outlook(facts, policies, at, now)
    rule = policies.book.rules.get(facts.alert.rule)
    while rule is not None and found.at is None and found.decision.reason in ADDRESS_REASONS:
        cancelled = replace(
            facts.attempt, state=AttemptState.CANCELLED, result=found.decision.reason, closed_at=at
        )
        history = (*history, cancelled)
        plan, retry = plan_of(facts.alert, rule), policies.book.retry_rules.get(retry_of(facts.alert, rule))
        if retry is None or any(each.step >= len(plan) for each in history):
            break
        action = next_action(plan, retry, contact_points, history, at)
        if not isinstance(action, NextAttempt):
            break
        facts = _at_point(facts, action, len(history) + 1, suppressions)
        at = max(at, action.due_at)
        found = outlook(facts, policies, at, now)
    return found


def _at_point(
    facts: EligibilityFacts, action: NextAttempt, number: int, suppressions: Sequence[Suppression]
) -> EligibilityFacts:
    point = action.contact_point
    attempt = replace(
        facts.attempt,
        id=f"{facts.attempt.id}+",
        attempt_no=number,
        step=action.step,
        contact_point_id=point.id,
        address=point.address,
        state=AttemptState.READY,
        due_at=action.due_at,
    )
    said_no = [s for s in suppressions if s.customer_id == facts.customer.id or s.address == point.address]
    return replace(facts, attempt=attempt, contact_point=point, suppressions=said_no)
