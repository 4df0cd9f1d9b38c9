"""What a vault answers is a token, nothing, or refused; never a card."""

from __future__ import annotations

import pytest

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
        {"ending": "4242424242424242"},
        {"ending": None},
    ],
)
def test_everything_else_is_refused_without_being_repeated(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"^(it|its|what it)\b") as refused:
        card_told({**TAKEN, **wrong}, "r1")
    assert "4242" not in str(refused.value)


def test_no_token_is_ever_shown() -> None:
    assert "tok_1a2b" not in repr(card_told(TAKEN, "r1"))
