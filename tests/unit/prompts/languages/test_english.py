"""What American English slots sound like, word by word."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.money import Money
from ivr.phone_number import parse_phone_number
from ivr.prompts.languages.english import English

ENGLISH = English()


@pytest.mark.parametrize(
    ("minor", "currency", "words"),
    [
        (0, "USD", "zero dollars"),
        (1, "USD", "one cent"),
        (2, "USD", "two cents"),
        (100, "USD", "one dollar"),
        (101, "USD", "one dollar and one cent"),
        (200, "USD", "two dollars"),
        (1100, "USD", "eleven dollars"),
        (2100, "USD", "twenty-one dollars"),
        (4250, "USD", "forty-two dollars and fifty cents"),
        (10000, "USD", "one hundred dollars"),
        (10100, "USD", "one hundred one dollars"),
        (100000000, "USD", "one million dollars"),
        (-350, "USD", "minus three dollars and fifty cents"),
        (-1, "USD", "minus one cent"),
        (101, "EUR", "one euro and one cent"),
        (101, "GBP", "one pound and one penny"),
        (250, "GBP", "two pounds and fifty pence"),
        (1, "JPY", "one Japanese yen"),
        (1000000, "JPY", "one million Japanese yen"),
        (101, "CAD", "one Canadian dollar and one cent"),
        (1250, "CHF", "twelve point five zero Swiss francs"),
        (100, "CHF", "one Swiss franc"),
        (1000, "KWD", "one Kuwaiti dinar"),
        (1005, "KWD", "one point zero zero five Kuwaiti dinars"),
    ],
)
def test_money(minor: int, currency: str, words: str) -> None:
    assert ENGLISH.money(Money(minor, currency)) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "zero"),
        (1, "one"),
        (2, "two"),
        (11, "eleven"),
        (21, "twenty-one"),
        (90, "ninety"),
        (100, "one hundred"),
        (101, "one hundred one"),
        (999, "nine hundred ninety-nine"),
        (1000, "one thousand"),
        (1001, "one thousand one"),
        (1_000_000, "one million"),
        (2_000_101, "two million one hundred one"),
        (-7, "minus seven"),
        (Decimal("0.01"), "zero point zero one"),
        (Decimal("1.01"), "one point zero one"),
        (Decimal("2.50"), "two point five zero"),
        (Decimal("-0.5"), "minus zero point five"),
        (Decimal("1E+6"), "one million"),
    ],
)
def test_number(value: int | Decimal, words: str) -> None:
    assert ENGLISH.number(value) == words


@pytest.mark.parametrize("value", [10**15, Decimal("NaN"), Decimal("Infinity")])
def test_a_number_without_words_is_refused(value: int | Decimal) -> None:
    with pytest.raises(ValueError, match="said"):
        ENGLISH.number(value)


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(-(10**15) + 1, 10**15 - 1))
def test_two_numbers_never_sound_alike(one: int, other: int) -> None:
    assert (ENGLISH.number(one) == ENGLISH.number(other)) == (one == other)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1, "first"),
        (2, "second"),
        (3, "third"),
        (8, "eighth"),
        (11, "eleventh"),
        (12, "twelfth"),
        (20, "twentieth"),
        (21, "twenty-first"),
        (100, "one hundredth"),
        (101, "one hundred first"),
        (1_000_000, "one millionth"),
    ],
)
def test_ordinal(value: int, words: str) -> None:
    assert ENGLISH.ordinal(value) == words


@pytest.mark.parametrize("value", [0, -1])
def test_ranks_begin_with_one(value: int) -> None:
    with pytest.raises(ValueError, match="no rank"):
        ENGLISH.ordinal(value)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 3, 3), "Tuesday, March third, twenty twenty-six"),
        (date(2026, 1, 31), "Saturday, January thirty-first, twenty twenty-six"),
        (date(2028, 2, 29), "Tuesday, February twenty-ninth, twenty twenty-eight"),
        (date(2000, 12, 31), "Sunday, December thirty-first, two thousand"),
        (date(2005, 7, 4), "Monday, July fourth, two thousand five"),
        (date(2010, 7, 4), "Sunday, July fourth, twenty ten"),
        (date(1900, 1, 1), "Monday, January first, nineteen hundred"),
        (date(1905, 1, 1), "Sunday, January first, nineteen oh five"),
    ],
)
def test_date(day: date, words: str) -> None:
    assert ENGLISH.date(day, None) == words


def test_this_years_dates_are_said_without_the_year() -> None:
    assert ENGLISH.date(date(2026, 3, 3), date(2026, 11, 20)) == "Tuesday, March third"


def test_another_years_dates_are_said_with_the_year() -> None:
    spoken = ENGLISH.date(date(2025, 12, 31), date(2026, 1, 1))
    assert spoken == "Wednesday, December thirty-first, twenty twenty-five"


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [
        (0, 0, "midnight"),
        (0, 5, "twelve oh five AM"),
        (9, 0, "nine AM"),
        (12, 0, "noon"),
        (12, 30, "twelve thirty PM"),
        (15, 5, "three oh five PM"),
        (23, 59, "eleven fifty-nine PM"),
    ],
)
def test_time(hour: int, minute: int, words: str) -> None:
    assert ENGLISH.time(time(hour, minute)) == words


def test_digits_are_said_one_by_one() -> None:
    assert ENGLISH.digits("0042") == "zero zero four two"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("+12025550123", "two zero two, five five five, zero one two three"),
        ("+442079460958", "zero two zero, seven nine four six, zero nine five eight"),
        ("+493012345678", "zero three zero, one two three, four five six, seven eight"),
    ],
)
def test_a_telephone_number_is_said_in_the_groups_of_its_country(number: str, words: str) -> None:
    assert ENGLISH.telephone(parse_phone_number(number)) == words


def test_characters_are_spelled() -> None:
    assert ENGLISH.characters("ab-1 é%") == "A, B, dash, one, É, percent sign"


def test_a_name_in_capitals_is_said_like_a_name() -> None:
    assert ENGLISH.name("MARIA  LOPEZ") == "Maria Lopez"
