"""No card is kept in what people write, however they group it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.outcomes.long_number import has_long_number


@pytest.mark.parametrize(
    "between", ["", " ", "  ", "-", ".", "/", "\n", "\r\n", " - ", "_", "\u00a0", "\u2013"]
)
def test_a_card_is_seen_however_it_is_grouped(between: str) -> None:
    assert has_long_number(f"it is {between.join(['4111'] * 4)}, thanks")


def test_digits_of_any_script_count() -> None:
    assert has_long_number("\uff14\uff11\uff11\uff11" * 4)


@pytest.mark.parametrize("text", ["", "call me at (202) 555-0148", "I paid 123.45 on 2026-03-02 by transfer"])
def test_telephone_numbers_days_and_amounts_may_be_written(text: str) -> None:
    assert not has_long_number(text)


@given(st.lists(st.text("/-. _\n", max_size=3), min_size=11, max_size=18))
def test_twelve_digits_are_one_number_with_any_signs_between(signs: list[str]) -> None:
    assert has_long_number("4" + "".join(f"{each}1" for each in signs))
