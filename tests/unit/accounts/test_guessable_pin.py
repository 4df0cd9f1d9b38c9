"""A PIN that a stranger would try early is not taken."""

from __future__ import annotations

from datetime import date

import pytest

from ivr.accounts.guessable_pin import is_easily_guessed
from ivr.accounts.known_factors import KnownFactors

MARIA = KnownFactors(birth_date=date(1985, 7, 31), account_ending="307812")


@pytest.mark.parametrize(
    "pin",
    [
        *("0000", "111111", "1212", "1221", "123123", "48204820"),
        *("1234", "4321", "7890", "2109", "1357", "97531", "12345678"),
        *("2580", "0852"),
        *(
            "1985",
            "3107",
            "0731",
            "8507",
            "3185",
            "310785",
            "073185",
            "850731",
            "31071985",
            "19850731",
            "419857",
        ),
        *("7812", "07812", "307812", "927812"),
    ],
)
def test_it_is_easily_guessed(pin: str) -> None:
    assert is_easily_guessed(pin, MARIA)


@pytest.mark.parametrize("pin", ["7391", "8264", "0417", "1986", "58213", "30781", "914207"])
def test_it_is_not(pin: str) -> None:
    assert not is_easily_guessed(pin, MARIA)


@pytest.mark.parametrize("pin", ["1985", "0731", "7812"])
def test_what_is_not_known_of_the_customer_is_not_looked_for(pin: str) -> None:
    assert not is_easily_guessed(pin, KnownFactors())


def test_nothing_of_it_is_in_a_repr() -> None:
    assert repr(KnownFactors(date(1985, 7, 31), "20001", "7812", "$argon2id$x")) == "KnownFactors()"
