"""A reference is noticed to be wrong when it is misheard or mistyped."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.alerts.reference import LENGTH, check_digit, is_reference, make_reference

REFERENCES = st.integers(0, 10**8 - 1).map(lambda number: make_reference(lambda _: number))


def test_the_standard_s_own_example_has_its_check_digit() -> None:
    assert check_digit("0794") == "5"


@given(REFERENCES)
def test_what_is_made_can_be_keyed(reference: str) -> None:
    assert (len(reference), reference.isdigit(), is_reference(reference)) == (LENGTH, True, True)


@given(REFERENCES, st.integers(0, LENGTH - 1), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(reference: str, place: int, off: int) -> None:
    wrong = str((int(reference[place]) + off) % 10)
    assert not is_reference(reference[:place] + wrong + reference[place + 1 :])


def test_nearly_every_pair_of_exchanged_digits_is_noticed() -> None:
    draw = random.Random(7).randrange
    exchanged = unnoticed = 0
    for _ in range(2000):
        reference = make_reference(draw)
        for place in range(LENGTH - 1):
            first, second = reference[place], reference[place + 1]
            if first != second:
                exchanged += 1
                unnoticed += is_reference(reference[:place] + second + first + reference[place + 2 :])
    assert unnoticed / exchanged < 0.03


@pytest.mark.parametrize("keyed", ["", "12345678", "1234567890", "12345678x", "\uff11" * 9])
def test_what_is_none_is_refused(keyed: str) -> None:
    assert not is_reference(keyed)


def test_the_smallest_number_has_its_zeros() -> None:
    assert make_reference(lambda _: 0).startswith("00000000")
