"""In which order a customer's contact points are tried within a cycle."""

from __future__ import annotations

from collections.abc import Sequence

from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.attempts.attempt import Attempt, AttemptState
from ivr.attempts.eligibility.reasons import ADDRESS_REASONS
from ivr.attempts.ending import Ending, ending_of

_DEAD = frozenset({Ending.INVALID_NUMBER, Ending.WRONG_PARTY})


def callable_points(
    medium: Medium, contact_points: Sequence[ContactPoint], history: Sequence[Attempt]
) -> list[ContactPoint]:
    """Return those of `medium` that nothing in `history` has shown to be useless, in the same order."""
    useless = {attempt.contact_point_id for attempt in history if _is_useless(attempt)}
    return [
        point
        for point in contact_points
        if point.medium is medium and point.usable and point.id not in useless
    ]


def point_after(
    last_id: str, points: Sequence[ContactPoint], all_points: Sequence[ContactPoint]
) -> ContactPoint | None:
    """Return the one of `points` that stands after `last_id` in `all_points`, else the first, if any."""
    places = {point.id: place for place, point in enumerate(all_points)}
    last_place = places.get(last_id, -1)
    later = (point for point in points if places[point.id] > last_place)
    return next(later, points[0] if points else None)


def _is_useless(attempt: Attempt) -> bool:
    if attempt.state is AttemptState.CLOSED:
        return ending_of(attempt) in _DEAD
    return attempt.state is AttemptState.CANCELLED and attempt.result in ADDRESS_REASONS
