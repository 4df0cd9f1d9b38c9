"""What somebody who knows a factor keys, and which can be asked for."""

from __future__ import annotations

from datetime import date

import pytest

from ivr.accounts.known_factors import KnownFactors
from ivr.flows.factor import DEFAULT_ORDER, Factor
from ivr.flows.factor_digits import digits_of, factors_held

MARIA = KnownFactors(date(1985, 7, 31), "20001", "307812", "a hash")


@pytest.mark.parametrize(("language", "digits"), [("en", "07311985"), ("es", "31071985"), ("fr", "31071985")])
def test_a_birth_date_is_keyed_in_the_order_of_the_language(language: str, digits: str) -> None:
    assert digits_of(Factor.BIRTH_DATE, MARIA, language, 8) == digits


@pytest.mark.parametrize(
    ("postcode", "digits"),
    [
        ("20001", "20001"),
        ("20001-1234", "20001"),
        ("1000-205", "1000205"),
        ("1012 AB", "1012"),
        ("SW1A 1AA", None),
        (None, None),
    ],
)
def test_of_a_postcode_the_digits_are_keyed_if_there_are_enough(
    postcode: str | None, digits: str | None
) -> None:
    assert digits_of(Factor.POSTCODE, KnownFactors(postcode=postcode), "en", 5) == digits


@pytest.mark.parametrize(("count", "digits"), [(4, "7812"), (6, "307812"), (7, None)])
def test_of_an_account_as_many_digits_are_keyed_as_the_question_says(count: int, digits: str | None) -> None:
    assert digits_of(Factor.ACCOUNT_DIGITS, MARIA, "en", count) == digits


@pytest.mark.parametrize("factor", [Factor.PIN, Factor.REFERENCE])
def test_a_pin_is_not_to_be_had_and_a_reference_is_not_kept(factor: Factor) -> None:
    assert digits_of(factor, MARIA, "en", 4) is None


def test_what_the_store_has_something_for_is_offered_in_the_order_of_the_profile() -> None:
    assert factors_held(MARIA, DEFAULT_ORDER) == (
        Factor.PIN,
        Factor.BIRTH_DATE,
        Factor.POSTCODE,
        Factor.ACCOUNT_DIGITS,
    )
    assert factors_held(MARIA, (Factor.POSTCODE, Factor.PIN)) == (Factor.POSTCODE, Factor.PIN)


def test_who_has_nothing_is_offered_nothing() -> None:
    assert factors_held(KnownFactors(postcode="SW1A 1AA"), DEFAULT_ORDER) == ()
