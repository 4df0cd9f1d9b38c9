"""Years and two-digit numbers, which only English says this way."""

from __future__ import annotations

import pytest

from ivr.prompts.languages.english_numbers import two_digits, year


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (987, "nine hundred eighty-seven"),
        (1000, "one thousand"),
        (1999, "nineteen ninety-nine"),
        (2000, "two thousand"),
        (2009, "two thousand nine"),
        (2026, "twenty twenty-six"),
        (2100, "twenty-one hundred"),
    ],
)
def test_year(value: int, words: str) -> None:
    assert year(value) == words


@pytest.mark.parametrize(("value", "words"), [(5, "oh five"), (10, "ten"), (59, "fifty-nine")])
def test_two_digits(value: int, words: str) -> None:
    assert two_digits(value) == words
