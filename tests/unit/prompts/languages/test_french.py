"""What French slots sound like, word by word."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.money import Money
from ivr.phone_number import parse_phone_number
from ivr.prompts.languages.french import French

FRENCH = French()


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "zéro"),
        (1, "un"),
        (2, "deux"),
        (11, "onze"),
        (21, "vingt et un"),
        (22, "vingt-deux"),
        (70, "soixante-dix"),
        (71, "soixante et onze"),
        (72, "soixante-douze"),
        (80, "quatre-vingts"),
        (81, "quatre-vingt-un"),
        (91, "quatre-vingt-onze"),
        (99, "quatre-vingt-dix-neuf"),
        (100, "cent"),
        (101, "cent un"),
        (180, "cent quatre-vingts"),
        (200, "deux cents"),
        (201, "deux cent un"),
        (1000, "mille"),
        (1001, "mille un"),
        (80_000, "quatre-vingt mille"),
        (200_000, "deux cent mille"),
        (1_000_000, "un million"),
        (2_000_101, "deux millions cent un"),
        (80_000_000, "quatre-vingts millions"),
        (1_000_000_000, "un milliard"),
        (-7, "moins sept"),
        (Decimal("0.01"), "zéro virgule zéro un"),
        (Decimal("1.01"), "un virgule zéro un"),
        (Decimal("2.50"), "deux virgule cinq zéro"),
        (Decimal("-0.5"), "moins zéro virgule cinq"),
    ],
)
def test_number(value: int | Decimal, words: str) -> None:
    assert FRENCH.number(value) == words


@pytest.mark.parametrize("value", [10**15, Decimal("NaN"), Decimal("Infinity")])
def test_a_number_without_words_is_refused(value: int | Decimal) -> None:
    with pytest.raises(ValueError, match="said"):
        FRENCH.number(value)


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(-(10**15) + 1, 10**15 - 1))
def test_two_numbers_never_sound_alike(one: int, other: int) -> None:
    assert (FRENCH.number(one) == FRENCH.number(other)) == (one == other)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1, "premier"),
        (2, "deuxième"),
        (3, "troisième"),
        (5, "cinquième"),
        (9, "neuvième"),
        (11, "onzième"),
        (21, "vingt et unième"),
        (71, "soixante et onzième"),
        (80, "quatre-vingtième"),
        (100, "centième"),
        (101, "cent unième"),
        (200, "deux centième"),
        (1000, "millième"),
        (1_000_000, "millionième"),
    ],
)
def test_ordinal(value: int, words: str) -> None:
    assert FRENCH.ordinal(value) == words


@pytest.mark.parametrize("value", [0, -1])
def test_ranks_begin_with_one(value: int) -> None:
    with pytest.raises(ValueError, match="no rank"):
        FRENCH.ordinal(value)


@pytest.mark.parametrize(
    ("minor", "currency", "words"),
    [
        (0, "EUR", "zéro euro"),
        (1, "EUR", "un centime"),
        (2, "EUR", "deux centimes"),
        (100, "EUR", "un euro"),
        (101, "EUR", "un euro et un centime"),
        (200, "EUR", "deux euros"),
        (1100, "EUR", "onze euros"),
        (2100, "EUR", "vingt et un euros"),
        (8000, "EUR", "quatre-vingts euros"),
        (10000, "EUR", "cent euros"),
        (10100, "EUR", "cent un euros"),
        (100000000, "EUR", "un million d'euros"),
        (120000000, "EUR", "un million deux cent mille euros"),
        (-350, "EUR", "moins trois euros et cinquante centimes"),
        (101, "CAD", "un dollar canadien et un cent"),
        (100000000, "USD", "un million de dollars"),
        (100, "GBP", "une livre sterling"),
        (2100, "GBP", "vingt et une livres sterling"),
        (20000, "GBP", "deux cents livres sterling"),
        (2100, "SEK", "vingt et une couronnes suédoises"),
        (1_000_000, "JPY", "un million de yens japonais"),
        (1250, "CHF", "douze francs suisses et cinquante centimes"),
        (1005, "KWD", "un virgule zéro zéro cinq dinar koweïtien"),
    ],
)
def test_money(minor: int, currency: str, words: str) -> None:
    assert FRENCH.money(Money(minor, currency)) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 3, 3), "mardi trois mars deux mille vingt-six"),
        (date(2026, 1, 31), "samedi trente et un janvier deux mille vingt-six"),
        (date(2028, 2, 29), "mardi vingt-neuf février deux mille vingt-huit"),
        (date(2026, 3, 1), "dimanche premier mars deux mille vingt-six"),
        (date(1900, 1, 1), "lundi premier janvier mille neuf cents"),
    ],
)
def test_date(day: date, words: str) -> None:
    assert FRENCH.date(day, None) == words


def test_this_years_dates_are_said_without_the_year() -> None:
    assert FRENCH.date(date(2026, 3, 3), date(2026, 11, 20)) == "mardi trois mars"


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [
        (0, 0, "minuit"),
        (0, 5, "zéro heure cinq"),
        (1, 1, "une heure une"),
        (9, 0, "neuf heures"),
        (12, 0, "midi"),
        (12, 30, "douze heures trente"),
        (15, 5, "quinze heures cinq"),
        (21, 21, "vingt et une heures vingt et une"),
        (23, 59, "vingt-trois heures cinquante-neuf"),
    ],
)
def test_time(hour: int, minute: int, words: str) -> None:
    assert FRENCH.time(time(hour, minute)) == words


def test_digits_are_said_one_by_one() -> None:
    assert FRENCH.digits("0042") == "zéro zéro quatre deux"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("+33123456789", "zéro un, vingt-trois, quarante-cinq, soixante-sept, quatre-vingt-neuf"),
        ("+15145550123", "cinq un quatre, cinq cinq cinq, zéro un deux trois"),
    ],
)
def test_a_telephone_number_is_said_in_the_groups_of_its_country(number: str, words: str) -> None:
    assert FRENCH.telephone(parse_phone_number(number)) == words


def test_characters_are_spelled() -> None:
    assert FRENCH.characters("ab-1 é%€") == "A, B, tiret, un, É, pour cent, symbole"


def test_a_name_in_capitals_is_said_like_a_name() -> None:
    assert FRENCH.name("HÉLÈNE  ROY") == "Hélène Roy"
