"""A trunk is never used faster than its pace, and never slower than it may be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.attempts.pacing import Pace, PaceState, next_slot

NOW = datetime(2025, 1, 10, 17, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def slots(pace: Pace, asked_at: list[datetime]) -> list[datetime]:
    """Take one slot at each of the moments, and return when they are."""
    state, taken = PaceState(), []
    for moment in asked_at:
        slot = next_slot(pace, state, moment)
        state = slot.state
        taken.append(slot.at)
    return taken


def test_one_a_second_is_one_a_second() -> None:
    assert slots(Pace(1), [NOW] * 3) == [NOW, NOW + SECOND, NOW + 2 * SECOND]


def test_a_burst_goes_at_once_and_is_worked_off() -> None:
    assert slots(Pace(1, burst=3), [NOW] * 4) == [NOW, NOW, NOW, NOW + SECOND]


def test_a_pause_is_no_credit_beyond_the_burst() -> None:
    later = NOW + timedelta(hours=1)
    assert slots(Pace(1, burst=2), [NOW, later, later, later]) == [NOW, later, later, later + SECOND]


@pytest.mark.parametrize("wrong", [0, -1, 1001, float("nan")])
def test_a_pace_that_is_none_is_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match="calls per second; use more than 0"):
        Pace(wrong)


def test_a_burst_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="use 1 or more"):
        Pace(1, burst=0)


@given(
    rate=st.floats(0.05, 200),
    burst=st.integers(1, 5),
    pauses=st.lists(st.integers(0, 5_000), min_size=1, max_size=60),
)
def test_no_stretch_of_time_holds_more_calls_than_rate_and_burst_allow(
    rate: float, burst: int, pauses: list[int]
) -> None:
    pace = Pace(rate, burst)
    moment, asked = NOW, []
    for pause in pauses:
        moment += timedelta(milliseconds=pause)
        asked.append(moment)
    taken = slots(pace, asked)
    for first in range(len(taken)):
        for last in range(first, len(taken)):
            beyond_burst = last - first + 1 - burst
            assert taken[last] - taken[first] >= beyond_burst * pace.interval
    assert all(at >= wanted for at, wanted in zip(taken, asked, strict=True))
