"""What comes after an attempt: the one place where the next try is decided.

The plan owns media and escalation; the retry rule only says whether its step goes on. Whether the moment is
allowed (calling hours, caps) is judged when it comes, by eligibility.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.attempts.attempt import TERMINAL, Attempt, AttemptState
from ivr.attempts.contact_order import callable_points, point_after
from ivr.attempts.eligibility.reasons import ADDRESS_REASONS
from ivr.attempts.ending import SETTLED, ending_of
from ivr.attempts.retry_rule import RetryRule, StepDone, Where
from ivr.rules.contact_plan import PlanStep


@dataclass(frozen=True, slots=True)
class NextAttempt:
    """Try this."""

    step: int
    """Index into the plan."""
    contact_point: ContactPoint
    due_at: datetime
    reason: str
    """Why there is another try, in snake_case: `first`, `retry_busy`, `as_asked`, `next_contact_point`, …"""


@dataclass(frozen=True, slots=True)
class PlanDone:
    """Nothing is left to be tried in this cycle."""

    reason: str
    """In snake_case: `settled`, `max_attempts_busy`, `never_after_refused`, `no_contact_point`, …"""


def next_action(
    plan: Sequence[PlanStep],
    retry_rule: RetryRule,
    contact_points: Sequence[ContactPoint],
    history: Sequence[Attempt],
    now: datetime,
    asked_for: datetime | None = None,
    preferred: Medium | None = None,
) -> NextAttempt | PlanDone:
    """Decide what follows `history`: one alert's attempts of one cycle by number, all of them over.

    `contact_points` are all of the customer's, by rank. Waiting times count from the end of the last attempt.
    `asked_for` is when the customer wants to be called, as was said in the last attempt, or before
    the first of this cycle: it goes before what
    the retry rule would say, its never and its limits included, because the customer was told so.
    The plan begins at its first step of the customer's `preferred` medium, if one of that reaches them.
    Raises ValueError while an attempt is not over.
    """
    if unfinished := [attempt.id for attempt in history if attempt.state not in TERMINAL]:
        raise ValueError(f"attempts {', '.join(unfinished)} are not over yet")
    if not history:
        first = _first_step(plan, contact_points, preferred)
        begun = _begin_step(plan, first, contact_points, history, now)
        if asked_for is None or isinstance(begun, PlanDone):
            return begun
        return replace(begun, due_at=max(asked_for, now), reason="as_asked")
    last = history[-1]
    since = last.closed_at or now
    answer = _within_step(plan[last.step], retry_rule, contact_points, history, since, asked_for)
    if not isinstance(answer, StepDone):
        return answer
    if last.step + 1 == len(plan):
        return PlanDone(answer.reason)
    # Another medium comes no sooner than the customer asked for.
    earliest = max(asked_for, since) if asked_for else since
    return _begin_step(plan, last.step + 1, contact_points, history, earliest)


def _first_step(
    plan: Sequence[PlanStep], contact_points: Sequence[ContactPoint], preferred: Medium | None
) -> int:
    if preferred is None or not callable_points(preferred, contact_points, ()):
        return 0
    return next((number for number, step in enumerate(plan) if step.medium is preferred), 0)


def _begin_step(
    plan: Sequence[PlanStep],
    first: int,
    contact_points: Sequence[ContactPoint],
    history: Sequence[Attempt],
    since: datetime,
) -> NextAttempt | PlanDone:
    """Begin the first step, from `first` on, whose medium reaches the customer."""
    for step in range(first, len(plan)):
        if points := callable_points(plan[step].medium, contact_points, history):
            reason = "next_step" if history else "first"
            return NextAttempt(step, points[0], since + plan[step].delay, reason)
    return PlanDone("no_contact_point")


def _within_step(
    step: PlanStep,
    retry_rule: RetryRule,
    contact_points: Sequence[ContactPoint],
    history: Sequence[Attempt],
    since: datetime,
    asked_for: datetime | None,
) -> NextAttempt | StepDone | PlanDone:
    """Say whether the step of the last attempt goes on."""
    last = history[-1]
    if last.disposition in SETTLED:
        return PlanDone("settled")
    if last.state is AttemptState.UNKNOWN:
        # It may have rung: never redialled in this cycle, on any number.
        return StepDone("unknown")
    if last.state is AttemptState.CLOSED and asked_for is not None:
        return _as_asked(step, contact_points, history, max(asked_for, since))
    if last.state is AttemptState.CLOSED:
        return _retry(step, retry_rule, contact_points, history, since)
    if last.state is AttemptState.CANCELLED and last.result in ADDRESS_REASONS:
        points = callable_points(step.medium, contact_points, history)
        if point := point_after(last.contact_point_id, points, contact_points):
            return NextAttempt(last.step, point, since, "next_contact_point")
        return StepDone("no_contact_point_left")
    return PlanDone(last.result or last.state.value)


def _as_asked(
    step: PlanStep, contact_points: Sequence[ContactPoint], history: Sequence[Attempt], due_at: datetime
) -> NextAttempt | StepDone:
    """Call where the customer was reached."""
    last = history[-1]
    points = callable_points(step.medium, contact_points, history)
    same = next((point for point in points if point.id == last.contact_point_id), None)
    there = same or point_after(last.contact_point_id, points, contact_points)
    if there is None:
        return StepDone("no_contact_point_left")
    return NextAttempt(last.step, there, due_at, "as_asked")


def _retry(
    step: PlanStep,
    retry_rule: RetryRule,
    contact_points: Sequence[ContactPoint],
    history: Sequence[Attempt],
    since: datetime,
) -> NextAttempt | StepDone:
    last = history[-1]
    of_step = (attempt for attempt in history if attempt.step == last.step)
    endings = [ending_of(attempt) for attempt in of_step if attempt.state is AttemptState.CLOSED]
    answer = retry_rule.decide(endings)
    if isinstance(answer, StepDone):
        return answer
    points = callable_points(step.medium, contact_points, history)
    same = next((point for point in points if point.id == last.contact_point_id), None)
    if answer.contact_point is Where.NEXT or same is None:
        same = point_after(last.contact_point_id, points, contact_points)
    if same is None:
        return StepDone("no_contact_point_left")
    return NextAttempt(last.step, same, since + answer.after, f"retry_{endings[-1]}")
