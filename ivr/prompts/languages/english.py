"""American English."""

from __future__ import annotations

import unicodedata
from datetime import date, time
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from babel.dates import format_date
from babel.numbers import get_currency_name

from ivr.money import Money, decimals_of
from ivr.phone_number import PhoneNumber
from ivr.prompts.languages import english_numbers as numbers
from ivr.prompts.name_capitals import with_capitals
from ivr.prompts.telephone_groups import telephone_groups

_LOCALE = "en_US"


class _Currency(NamedTuple):
    """What a currency and its hundredth part are called by people who use it."""

    one: str
    many: str
    one_minor: str
    many_minor: str


_CURRENCIES = {
    "USD": _Currency("dollar", "dollars", "cent", "cents"),
    "EUR": _Currency("euro", "euros", "cent", "cents"),
    "GBP": _Currency("pound", "pounds", "penny", "pence"),
    "CAD": _Currency("Canadian dollar", "Canadian dollars", "cent", "cents"),
    "AUD": _Currency("Australian dollar", "Australian dollars", "cent", "cents"),
    "MXN": _Currency("Mexican peso", "Mexican pesos", "centavo", "centavos"),
}
"""Others are said as a decimal number with the name that CLDR has for them."""

_SYMBOLS = {
    "-": "dash",
    "_": "underscore",
    ".": "dot",
    "@": "at",
    "/": "slash",
    "#": "pound",
    "*": "star",
    "+": "plus",
    "&": "and",
}


class English:
    """American English words for slots: see `SpokenForms`."""

    # fmt: off
    abbreviations = frozenset({
        "mr.", "mrs.", "ms.", "dr.", "st.", "jr.", "sr.", "no.", "inc.", "ltd.",
        "co.", "corp.", "dept.", "ext.", "a.m.", "p.m.", "vs.", "etc.", "approx.",
    })
    # fmt: on

    def number(self, value: int | Decimal) -> str:
        """Say `101` as `one hundred one` and `2.50` as `two point five zero`."""
        return numbers.decimal(value) if isinstance(value, Decimal) else numbers.cardinal(value)

    def ordinal(self, value: int) -> str:
        """Say `21` as `twenty-first`."""
        return numbers.ordinal(value)

    def digits(self, text: str) -> str:
        """Say `42` as `four two`."""
        return " ".join(numbers.cardinal(int(digit)) for digit in text)

    def characters(self, text: str) -> str:
        """Spell `ab-1` as `A, B, dash, one`."""
        return ", ".join(_character(character) for character in text if not character.isspace())

    def telephone(self, number: PhoneNumber) -> str:
        """Say `+12025550123` as `two zero two, five five five, zero one two three`."""
        return ", ".join(self.digits(group) for group in telephone_groups(number))

    def money(self, value: Money) -> str:
        """Say 42.50 USD as `forty-two dollars and fifty cents`."""
        return _money(value)

    def date(self, value: date, today: date | None) -> str:
        """Say 3 March 2026 as `Tuesday, March third`, with `, twenty twenty-six` unless it is that year."""
        words = f"{_weekday_and_month(value)} {numbers.ordinal(value.day)}"
        return words if today and today.year == value.year else f"{words}, {numbers.year(value.year)}"

    def time(self, value: time) -> str:
        """Say 15:05 as `three oh five PM`, and 12:00 as `noon`."""
        if (value.hour, value.minute) in ((0, 0), (12, 0)):
            return "noon" if value.hour else "midnight"
        hour = numbers.cardinal((value.hour - 1) % 12 + 1)
        minute = f" {numbers.two_digits(value.minute)}" if value.minute else ""
        return f"{hour}{minute} {'PM' if value.hour >= 12 else 'AM'}"

    def name(self, text: str) -> str:
        """Say `JANE  O'NEIL` as `Jane O'Neil`."""
        return with_capitals(text)


def _money(value: Money) -> str:
    if value.minor < 0:
        return f"minus {_money(Money(-value.minor, value.currency))}"
    currency = _CURRENCIES.get(value.currency)
    if currency is None:
        return _money_by_cldr_name(value)
    whole, minor = divmod(value.minor, 10 ** decimals_of(value.currency))
    parts = []
    if whole or not minor:
        parts.append(f"{numbers.cardinal(whole)} {currency.one if whole == 1 else currency.many}")
    if minor:
        parts.append(f"{numbers.cardinal(minor)} {currency.one_minor if minor == 1 else currency.many_minor}")
    return " and ".join(parts)


def _money_by_cldr_name(value: Money) -> str:
    amount = value.amount
    if amount == amount.to_integral_value():
        amount = amount.to_integral_value()
    return f"{numbers.decimal(amount)} {get_currency_name(value.currency, count=amount, locale=_LOCALE)}"


@lru_cache(maxsize=4096)
def _weekday_and_month(value: date) -> str:
    return format_date(value, "EEEE, MMMM", locale=_LOCALE)


def _character(character: str) -> str:
    if character.isascii() and character.isdigit():
        return numbers.cardinal(int(character))
    if character.isalpha():
        return character.upper()
    return _SYMBOLS.get(character) or unicodedata.name(character, "symbol").lower()
