"""A slot says its value as asked, or refuses it; it never says something wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from ivr.money import Money
from ivr.prompts.template import parse_template

MOMENT = datetime(2026, 3, 3, 15, 5, tzinfo=UTC)


def said(wording: str, **variables: object) -> str:
    return " ".join(parse_template(wording, "en").sentences(variables))


@pytest.mark.parametrize(
    ("wording", "value", "words"),
    [
        ("{{ x | money }}", Money(4250, "USD"), "forty-two dollars and fifty cents"),
        ("{{ x | date }}", date(2026, 3, 3), "Tuesday, March third, twenty twenty-six"),
        ("{{ x | time }}", time(15, 5), "three oh five PM"),
        ("{{ x | number }}", 101, "one hundred one"),
        ("{{ x | number }}", Decimal("1.01"), "one point zero one"),
        ("{{ x | ordinal }}", 21, "twenty-first"),
        ("{{ x | digits }}", "42", "four two"),
        ("{{ x | characters }}", "A1", "A, one"),
        ("{{ x | telephone }}", "+12025550123", "two zero two, five five five, zero one two three"),
        ("{{ x | name }}", "MARIA LOPEZ", "Maria Lopez"),
    ],
)
def test_each_filter_says_its_kind_of_value(wording: str, value: object, words: str) -> None:
    assert said(wording, x=value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Money(101, "USD"), "one dollar and one cent"),
        (date(2026, 3, 3), "Tuesday, March third, twenty twenty-six"),
        (time(9, 0), "nine AM"),
        (21, "twenty-one"),
        (Decimal("2.5"), "two point five"),
        ("as it is", "as it is"),
    ],
)
def test_without_a_filter_a_value_is_said_by_its_kind(value: object, words: str) -> None:
    assert said("{{ x }}", x=value) == words


def test_a_moment_is_said_on_the_clock_that_it_comes_with() -> None:
    new_york = datetime(2026, 3, 4, 2, 30, tzinfo=UTC).astimezone(ZoneInfo("America/New_York"))
    assert said("{{ x | date }} {{ x | time }}", x=new_york) == (
        "Tuesday, March third, twenty twenty-six nine thirty PM"
    )


def test_dates_of_the_year_of_today_are_said_without_it() -> None:
    today = date(2026, 6, 1)
    assert said("{{ x | date }} {{ x }}", x=date(2026, 3, 3), today=today) == (
        "Tuesday, March third Tuesday, March third"
    )


@pytest.mark.parametrize(
    ("wording", "value"),
    [
        ("{{ x | money }}", "42.50"),
        ("{{ x | money }}", 42),
        ("{{ x | date }}", "2026-03-03"),
        ("{{ x | date }}", MOMENT.replace(tzinfo=None)),
        ("{{ x | time }}", MOMENT.replace(tzinfo=None)),
        ("{{ x | number }}", 1.5),
        ("{{ x | number }}", True),
        ("{{ x | number }}", "1"),
        ("{{ x | ordinal }}", "1"),
        ("{{ x | ordinal }}", 0),
        ("{{ x | digits }}", "4a"),
        ("{{ x | digits }}", "٤"),
        ("{{ x | digits }}", 42),
        ("{{ x | digits }}", ""),
        ("{{ x | characters }}", 42),
        ("{{ x | telephone }}", "555-0123"),
        ("{{ x | name }}", None),
        ("{{ x }}", None),
        ("{{ x }}", 1.5),
        ("{{ x }}", MOMENT),
        ("{{ x }}", ["a"]),
    ],
)
def test_a_value_of_another_kind_is_refused(wording: str, value: object) -> None:
    with pytest.raises(ValueError, match=r"need|rank"):
        said(wording, x=value)


def test_a_refusal_never_repeats_the_value() -> None:
    with pytest.raises(ValueError, match="needed") as refusal:
        said("{{ x | money }}", x="4111111111111111")
    assert "4111" not in str(refusal.value)
