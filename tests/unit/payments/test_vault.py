"""What a vault answers is a token, nothing, or refused; never a card."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.payments.vault import VaultCard, card_told

TAKEN = {"reference": "r1", "result": "taken", "token": "tok_1a2b", "ending": "44"}


def test_a_token_and_the_last_digits_are_read() -> None:
    assert card_told(TAKEN, "r1") == VaultCard("tok_1a2b", "44")


def test_a_vault_may_have_taken_none() -> None:
    assert card_told({"reference": "r1", "result": "none"}, "r1") is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"reference": "r2"},
        {"result": "perhaps"},
        {"token": 4242},
        {"token": ""},
        {"token": "tok with spaces"},
        {"token": "4242424242424242"},
        {"token": "4242-4242-4242-4242"},
        {"token": "card:4242.4242.4242.4242"},
        {"ending": "4242424242424242"},
        {"ending": None},
    ],
)
def test_everything_else_is_refused_without_being_repeated(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"^(it|its|what it)\b") as refused:
        card_told({**TAKEN, **wrong}, "r1")
    assert "4242" not in str(refused.value)


ANYTHING = st.none() | st.booleans() | st.integers() | st.text(max_size=30) | st.lists(st.text(max_size=3))
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "reference": st.just("r1") | ANYTHING,
        "result": st.sampled_from(("taken", "none")) | ANYTHING,
        "token": st.from_regex(r"[A-Za-z0-9._:~-]{3,40}", fullmatch=True) | ANYTHING,
        "ending": st.from_regex(r"[0-9]{1,5}", fullmatch=True) | ANYTHING,
    },
)


@given(ANSWERS)
def test_whatever_is_answered_is_a_card_of_this_reference_none_or_refused(answer: dict[str, object]) -> None:
    with suppress(ValueError):
        card = card_told(answer, "r1")
        assert answer["reference"] == "r1"
        assert (card is None) == (answer["result"] == "none")
        if card is not None:
            assert (card.token, card.ending) == (answer["token"], answer["ending"])
            assert card.ending.isdecimal()


def test_no_token_is_ever_shown() -> None:
    assert "tok_1a2b" not in repr(card_told(TAKEN, "r1"))
