"""So many at once, then one after another."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.web.pages.rate import Rate, neighbourhood

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_so_many_at_once_and_one_more_with_each_part_of_the_time() -> None:
    rate = Rate(3, 3 * MINUTE)
    assert [rate.allows("a", NOW) for _ in range(4)] == [True, True, True, False]
    assert rate.allows("b", NOW), "another one's is another count"
    assert [rate.allows("a", NOW + MINUTE) for _ in range(2)] == [True, False]
    assert [rate.allows("a", NOW + 10 * MINUTE) for _ in range(4)] == [True, True, True, False]


def test_looking_does_not_count() -> None:
    rate = Rate(1, MINUTE)
    assert not rate.is_used_up("a", NOW)
    assert rate.allows("a", NOW)
    assert rate.is_used_up("a", NOW)
    assert not rate.is_used_up("a", NOW + MINUTE)


@given(st.lists(st.integers(0, 600), max_size=200))
def test_no_window_has_more_than_twice_the_most(seconds: list[int]) -> None:
    rate, taken = Rate(5, MINUTE), []
    for second in sorted(seconds):
        at = NOW + timedelta(seconds=second)
        if rate.allows("a", at):
            taken.append(at)
    assert all(sum(0 <= (other - at).total_seconds() < 60 for other in taken) <= 10 for at in taken)


@pytest.mark.parametrize(
    ("address", "line"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::9", "2001:db8:1:2::"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("::ffff:198.51.100.1", "198.51.100.1"),
        ("", ""),
        ("nonsense", "nonsense"),
    ],
)
def test_all_addresses_of_one_line_are_one(address: str, line: str) -> None:
    assert neighbourhood(address) == line
