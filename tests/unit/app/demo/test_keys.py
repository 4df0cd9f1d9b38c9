"""What keys mean to the one who presses them."""

from __future__ import annotations

import pytest

from ivr.app.demo.keys import Meaning, meaning_of


@pytest.mark.parametrize(
    ("pressed", "meaning"),
    [
        ("", Meaning.NOTHING),
        ("1", Meaning.NOTHING),
        ("1 1", Meaning.NOTHING),
        ("1 1 1", Meaning.PAY),
        ("11 1", Meaning.PAY),
        ("1 11", Meaning.NOTHING),
        ("1 11 1", Meaning.PAY),
        ("111", Meaning.NOTHING),
        ("7 1 1 1", Meaning.PAY),
        ("71 1 1 1", Meaning.PAY),
        ("7 7 7 1 1 1", Meaning.NOTHING),
        ("1 8 1 1", Meaning.PAY),
        ("1 1 2 2 1", Meaning.PROMISE),
        ("1 2 1", Meaning.PROMISE),
        ("1 2 3", Meaning.PROMISE),
        ("1 2 5 4", Meaning.ALREADY_PAID),
        ("1 5 1", Meaning.DISPUTE),
        ("1 5 2", Meaning.OPT_OUT),
        ("1 5 5 4", Meaning.ALREADY_PAID),
        ("1 2", Meaning.NOTHING),
        ("1 3", Meaning.AGENT),
        ("0", Meaning.AGENT),
        ("1 1 0", Meaning.AGENT),
        ("9", Meaning.OPT_OUT),
        ("1 2 9", Meaning.OPT_OUT),
        ("2", Meaning.WRONG_PERSON),
    ],
)
def test_keys_with_a_card_on_file(pressed: str, meaning: Meaning) -> None:
    assert meaning_of(pressed.split(), has_card=True, was_charged=True) is meaning


@pytest.mark.parametrize(
    ("pressed", "meaning"),
    [
        ("1 1 1", Meaning.TRIED_TO_PAY),
        ("1 1 1 5", Meaning.TRIED_TO_PAY),
        ("1 1 1 2 1", Meaning.PROMISE),
        ("1 1 1 3", Meaning.AGENT),
    ],
)
def test_keys_after_the_card_was_declined(pressed: str, meaning: Meaning) -> None:
    assert meaning_of(pressed.split(), has_card=True, was_charged=False) is meaning


def test_without_a_card_there_is_nothing_to_pay_with() -> None:
    assert meaning_of(["1", "1", "2", "1"], has_card=False, was_charged=False) is Meaning.PROMISE
