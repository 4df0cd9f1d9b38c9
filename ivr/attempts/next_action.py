"""What comes after an attempt: the one place where the next try is decided.

The plan owns media and escalation; the retry rule only says whether its step goes on. Whether the moment is
allowed (calling hours, caps) is judged when it comes, by eligibility.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.attempts.attempt import TERMINAL, Attempt, AttemptState
from ivr.attempts.eligibility.reasons import ADDRESS_REASONS
from ivr.attempts.ending import SETTLED, Ending, ending_of
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
    """Why there is another try, in snake_case: `first`, `retry_busy`, `next_contact_point`, `next_step`."""


@dataclass(frozen=True, slots=True)
class PlanDone:
    """Nothing is left to be tried in this cycle."""

    reason: str


def next_action(
    plan: Sequence[PlanStep],
    retry_rule: RetryRule,
    contact_points: Sequence[ContactPoint],
    history: Sequence[Attempt],
    now: datetime,
) -> NextAttempt | PlanDone:
    """Decide what follows `history`: one alert's attempts of one cycle by number, all of them terminal.

    `contact_points` are the customer's, by rank. Waiting times count from the end of the last attempt.
    """
    if unfinished := [attempt.id for attempt in history if attempt.state not in TERMINAL]:
        raise ValueError(f"attempts {', '.join(unfinished)} are not over yet")
    if not history:
        return _begin_step(plan, 0, contact_points, history, now, "first")
    last = history[-1]
    if last.disposition in SETTLED:
        return PlanDone("settled")
    after = _within_step(plan[last.step].medium, retry_rule, contact_points, history)
    if isinstance(after, StepDone):
        ended_at = last.closed_at or now
        return _begin_step(plan, last.step + 1, contact_points, history, ended_at, "next_step", after.reason)
    if isinstance(after, PlanDone):
        return after
    point, wait, reason = after
    return NextAttempt(last.step, point, (last.closed_at or now) + wait, reason)


def _begin_step(
    plan: Sequence[PlanStep],
    first: int,
    contact_points: Sequence[ContactPoint],
    history: Sequence[Attempt],
    since: datetime,
    reason: str,
    done: str = "no_contact_point",
) -> NextAttempt | PlanDone:
    """Begin the first step from `first` on whose medium reaches the customer."""
    for step in range(first, len(plan)):
        if points := _callable_points(plan[step].medium, contact_points, history):
            return NextAttempt(step, points[0], since + plan[step].delay, reason)
        done = "no_contact_point"
    return PlanDone(done)


_Try = tuple[ContactPoint, timedelta, str]


def _within_step(
    medium: Medium, retry_rule: RetryRule, contact_points: Sequence[ContactPoint], history: Sequence[Attempt]
) -> _Try | StepDone | PlanDone:
    last = history[-1]
    ending = ending_of(last)
    if ending is not None:
        return _retry(medium, retry_rule, contact_points, history)
    if last.state is AttemptState.CANCELLED and last.result in ADDRESS_REASONS:
        return _next_address(medium, contact_points, history)
    if last.state is AttemptState.UNKNOWN:
        # It may have rung: never redialled in this cycle, on any number.
        return StepDone("unknown")
    return PlanDone(last.result or last.state.value)


def _next_address(
    medium: Medium, contact_points: Sequence[ContactPoint], history: Sequence[Attempt]
) -> _Try | StepDone:
    points = _callable_points(medium, contact_points, history)
    after = _after(history[-1].contact_point_id, points, contact_points)
    return (after, timedelta(0), "next_contact_point") if after else StepDone("no_contact_point_left")


def _retry(
    medium: Medium, retry_rule: RetryRule, contact_points: Sequence[ContactPoint], history: Sequence[Attempt]
) -> _Try | StepDone:
    last = history[-1]
    endings = [
        ending
        for attempt in history
        if attempt.step == last.step and (ending := ending_of(attempt)) is not None
    ]
    answer = retry_rule.decide(endings)
    if isinstance(answer, StepDone):
        return answer
    points = _callable_points(medium, contact_points, history)
    same = next((point for point in points if point.id == last.contact_point_id), None)
    if answer.contact_point is Where.NEXT or same is None:
        same = _after(last.contact_point_id, points, contact_points)
    return (same, answer.after, f"retry_{endings[-1]}") if same else StepDone("no_contact_point_left")


def _after(
    last_id: str, points: Sequence[ContactPoint], all_points: Sequence[ContactPoint]
) -> ContactPoint | None:
    """Return the one of `points` that is ranked after the last one, else the first of them."""
    ranks = {point.id: index for index, point in enumerate(all_points)}
    last_rank = ranks.get(last_id, -1)
    return next((point for point in points if ranks[point.id] > last_rank), points[0] if points else None)


_DEAD = frozenset({Ending.INVALID_NUMBER, Ending.WRONG_PARTY})


def _callable_points(
    medium: Medium, contact_points: Sequence[ContactPoint], history: Sequence[Attempt]
) -> list[ContactPoint]:
    """Return the contact points of `medium` that nothing in this cycle has shown to be useless."""
    useless = {
        attempt.contact_point_id
        for attempt in history
        if ending_of(attempt) in _DEAD
        or (attempt.state is AttemptState.CANCELLED and attempt.result in ADDRESS_REASONS)
    }
    return [
        point
        for point in contact_points
        if point.medium is medium and point.usable and point.id not in useless
    ]
