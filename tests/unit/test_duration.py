"""A length of time is written with its unit."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.duration import format_duration, parse_duration


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90s", 90), ("5m", 300), ("2h", 7200), ("1d", 86_400), ("1h30m", 5400), ("0s", 0), (" 5m ", 300)],
)
def test_a_number_with_its_unit_is_read(text: str, seconds: int) -> None:
    assert parse_duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "text", ["", "5", "m", "5 m", "-5m", "5m2h", "5m5m", "1.5h", "5x", "\u0665m", 5, None, True]
)
def test_anything_else_is_refused_with_what_would_be_right(text: object) -> None:
    with pytest.raises(ValueError, match="is no length of time; write a number and its unit"):
        parse_duration(text)


def test_a_length_beyond_ten_years_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="too long; stay within 3650d"):
        parse_duration("999999999d")


@given(st.integers(0, 3650 * 86_400))
def test_what_is_written_is_read_again(seconds: int) -> None:
    length = timedelta(seconds=seconds)
    assert parse_duration(format_duration(length)) == length
