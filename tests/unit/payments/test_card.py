"""What can be told of a card that is keyed in; the numbers are those that providers give out for tests."""

from __future__ import annotations

from datetime import date

import pytest

from ivr.payments.card import Card, card_of, expiry_of, is_card_number

VISA, MASTERCARD, AMEX = "4242424242424242", "5555555555554444", "378282246310005"
TODAY = date(2026, 3, 9)


@pytest.mark.parametrize(
    "number",
    [
        VISA,
        MASTERCARD,
        AMEX,
        "2223003122003222",
        "6011111111111117",
        "6555900000604105",
        "3056930009020004",
        "36227206271667",
        "3566002020360505",
        "6200000000000005",
        "6205500000000000004",
    ],
)
def test_a_number_of_a_known_brand_with_the_right_check_digit_can_be_one(number: str) -> None:
    assert is_card_number(number)


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("4242424242424241", "the check digit is wrong"),
        ("4242424242424224", "two digits have changed places"),
        ("424242424242424", "a digit is missing"),
        ("37828224631000", "a digit is missing"),
        ("0000000000000000", "no brand begins like this"),
        ("9999999999999995", "no brand begins like this"),
        ("4", "it has hardly begun"),
        ("", "there is nothing"),
        ("4242*4242", "it is no number"),
    ],
)
def test_what_no_card_can_have_is_none(number: str, why: str) -> None:
    assert not is_card_number(number), why


@pytest.mark.parametrize(
    ("keyed", "until"),
    [("0326", (2026, 3)), ("1230", (2030, 12)), ("1246", (2046, 12))],
)
def test_a_card_is_good_to_the_end_of_its_month(keyed: str, until: tuple[int, int]) -> None:
    assert expiry_of(keyed, TODAY) == until


@pytest.mark.parametrize("keyed", ["0226", "1225", "0030", "1330", "0147", "032", "03260"])
def test_what_is_over_or_no_month_is_no_expiry(keyed: str) -> None:
    assert expiry_of(keyed, TODAY) is None


@pytest.mark.parametrize(
    ("number", "code", "fits"),
    [(VISA, "123", True), (VISA, "1234", False), (AMEX, "1234", True), (AMEX, "123", False)],
)
def test_the_security_code_is_as_long_as_the_brands(number: str, code: str, fits: bool) -> None:
    assert (card_of(number, "1230", code, TODAY) is not None) is fits


def test_a_card_shows_none_of_its_digits() -> None:
    card = card_of(VISA, "1230", "123", TODAY)
    assert card == Card(VISA, 2030, 12, "123")
    assert repr(card) == "Card(…)"
    assert card is not None
    assert card.ending == "4242"
