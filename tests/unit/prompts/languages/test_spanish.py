"""What Latin American Spanish slots sound like, word by word."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.money import Money
from ivr.phone_number import parse_phone_number
from ivr.prompts.languages.spanish import Spanish

SPANISH = Spanish()


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "cero"),
        (1, "uno"),
        (2, "dos"),
        (11, "once"),
        (16, "dieciséis"),
        (21, "veintiuno"),
        (22, "veintidós"),
        (31, "treinta y uno"),
        (100, "cien"),
        (101, "ciento uno"),
        (500, "quinientos"),
        (1000, "mil"),
        (1001, "mil uno"),
        (21_000, "veintiún mil"),
        (31_000, "treinta y un mil"),
        (100_000, "cien mil"),
        (1_000_000, "un millón"),
        (2_000_101, "dos millones ciento uno"),
        (21_000_000, "veintiún millones"),
        (1_000_000_000, "mil millones"),
        (10**12, "un billón"),
        (-7, "menos siete"),
        (Decimal("0.01"), "cero punto cero uno"),
        (Decimal("1.01"), "uno punto cero uno"),
        (Decimal("2.50"), "dos punto cinco cero"),
        (Decimal("-0.5"), "menos cero punto cinco"),
    ],
)
def test_number(value: int | Decimal, words: str) -> None:
    assert SPANISH.number(value) == words


@pytest.mark.parametrize("value", [10**15, Decimal("NaN"), Decimal("Infinity")])
def test_a_number_without_words_is_refused(value: int | Decimal) -> None:
    with pytest.raises(ValueError, match="said"):
        SPANISH.number(value)


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(-(10**15) + 1, 10**15 - 1))
def test_two_numbers_never_sound_alike(one: int, other: int) -> None:
    assert (SPANISH.number(one) == SPANISH.number(other)) == (one == other)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1, "primero"),
        (2, "segundo"),
        (3, "tercero"),
        (11, "undécimo"),
        (12, "duodécimo"),
        (13, "decimotercero"),
        (18, "decimoctavo"),
        (20, "vigésimo"),
        (21, "vigésimo primero"),
        (100, "centésimo"),
        (101, "centésimo primero"),
        (2000, "dosmilésimo"),
        (1_000_000, "millonésimo"),
    ],
)
def test_ordinal(value: int, words: str) -> None:
    assert SPANISH.ordinal(value) == words


@pytest.mark.parametrize("value", [0, -1, 10**9])
def test_a_rank_without_words_is_refused(value: int) -> None:
    with pytest.raises(ValueError, match="rank"):
        SPANISH.ordinal(value)


@pytest.mark.parametrize(
    ("minor", "currency", "words"),
    [
        (0, "USD", "cero dólares"),
        (1, "USD", "un centavo"),
        (2, "USD", "dos centavos"),
        (21, "USD", "veintiún centavos"),
        (100, "USD", "un dólar"),
        (101, "USD", "un dólar con un centavo"),
        (200, "USD", "dos dólares"),
        (1100, "USD", "once dólares"),
        (2100, "USD", "veintiún dólares"),
        (3100, "USD", "treinta y un dólares"),
        (10000, "USD", "cien dólares"),
        (10100, "USD", "ciento un dólares"),
        (100000000, "USD", "un millón de dólares"),
        (100000100, "USD", "un millón un dólares"),
        (-350, "USD", "menos tres dólares con cincuenta centavos"),
        (101, "EUR", "un euro con un céntimo"),
        (101, "MXN", "un peso mexicano con un centavo"),
        (100, "GBP", "una libra"),
        (2100, "GBP", "veintiuna libras"),
        (20000, "GBP", "doscientas libras"),
        (2100, "HNL", "veintiún lempiras"),
        (2100, "SEK", "veintiuna coronas suecas"),
        (1_000_000, "JPY", "un millón de yenes japoneses"),
        (1250, "CHF", "doce punto cinco cero francos suizos"),
    ],
)
def test_money(minor: int, currency: str, words: str) -> None:
    assert SPANISH.money(Money(minor, currency)) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 3, 3), "martes tres de marzo de dos mil veintiséis"),
        (date(2026, 1, 31), "sábado treinta y uno de enero de dos mil veintiséis"),
        (date(2028, 2, 29), "martes veintinueve de febrero de dos mil veintiocho"),
        (date(2026, 3, 1), "domingo primero de marzo de dos mil veintiséis"),
        (date(1900, 1, 1), "lunes primero de enero de mil novecientos"),
    ],
)
def test_date(day: date, words: str) -> None:
    assert SPANISH.date(day, None) == words


def test_this_years_dates_are_said_without_the_year() -> None:
    assert SPANISH.date(date(2026, 3, 3), date(2026, 11, 20)) == "martes tres de marzo"


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [
        (0, 0, "las doce de la noche"),
        (0, 5, "las doce y cinco de la noche"),
        (1, 1, "la una y uno de la madrugada"),
        (9, 0, "las nueve de la mañana"),
        (12, 0, "las doce del mediodía"),
        (12, 30, "las doce y media de la tarde"),
        (15, 15, "las tres y cuarto de la tarde"),
        (19, 0, "las siete de la noche"),
        (23, 59, "las once y cincuenta y nueve de la noche"),
    ],
)
def test_time(hour: int, minute: int, words: str) -> None:
    assert SPANISH.time(time(hour, minute)) == words


def test_digits_are_said_one_by_one() -> None:
    assert SPANISH.digits("0042") == "cero cero cuatro dos"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("+525512345678", "cinco cinco, uno dos tres cuatro, cinco seis siete ocho"),
        ("+12025550123", "dos cero dos, cinco cinco cinco, cero uno dos tres"),
    ],
)
def test_a_telephone_number_is_said_in_the_groups_of_its_country(number: str, words: str) -> None:
    assert SPANISH.telephone(parse_phone_number(number)) == words


def test_characters_are_spelled() -> None:
    assert SPANISH.characters("ab-1 ñ%€") == "A, B, guion, uno, Ñ, por ciento, símbolo"


def test_a_name_in_capitals_is_said_like_a_name() -> None:
    assert SPANISH.name("JOSÉ  PÉREZ") == "José Pérez"
