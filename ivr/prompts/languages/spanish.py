"""Spanish as it is understood all over Latin America."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import NamedTuple

from babel.dates import format_date
from babel.numbers import get_currency_name

from ivr.money import Money, decimals_of
from ivr.phone_number import PhoneNumber
from ivr.prompts.languages import spanish_numbers as numbers
from ivr.prompts.languages.spanish_numbers import Before
from ivr.prompts.name_capitals import with_capitals
from ivr.prompts.telephone_groups import telephone_groups

_LOCALE = "es_419"


class _Currency(NamedTuple):
    """What a currency and its hundredth part are called by people who use it."""

    one: str
    many: str
    one_minor: str = "centavo"
    many_minor: str = "centavos"
    before: Before = Before.MASCULINE


_CURRENCIES = {
    "USD": _Currency("dólar", "dólares"),
    "EUR": _Currency("euro", "euros", "céntimo", "céntimos"),
    "GBP": _Currency("libra", "libras", "penique", "peniques", Before.FEMININE),
    "CAD": _Currency("dólar canadiense", "dólares canadienses"),
    "AUD": _Currency("dólar australiano", "dólares australianos"),
    "MXN": _Currency("peso mexicano", "pesos mexicanos"),
    "COP": _Currency("peso colombiano", "pesos colombianos"),
    "ARS": _Currency("peso argentino", "pesos argentinos"),
    "DOP": _Currency("peso dominicano", "pesos dominicanos"),
    "PEN": _Currency("sol", "soles", "céntimo", "céntimos"),
    "GTQ": _Currency("quetzal", "quetzales"),
    "HNL": _Currency("lempira", "lempiras"),
}
"""Others are said as a decimal number with the name that CLDR has for them."""
_FEMININE = ("corona", "libra", "lira", "rupia")
"""First words of CLDR's names that are feminine."""

_PARTS_OF_DAY = ((1, "noche"), (6, "madrugada"), (12, "mañana"), (19, "tarde"), (24, "noche"))
"""Each up to that hour."""
_MINUTES = {15: "cuarto", 30: "media"}

_SYMBOLS = {
    "-": "guion",
    "_": "guion bajo",
    ".": "punto",
    ",": "coma",
    "@": "arroba",
    "/": "barra",
    "#": "numeral",
    "*": "asterisco",
    "+": "más",
    "&": "y comercial",
    "%": "por ciento",
    "'": "apóstrofo",
}


class Spanish:
    """Latin American Spanish words for slots: see `SpokenForms`."""

    # fmt: off
    abbreviations = frozenset({
        "sr.", "sra.", "srta.", "sres.", "dr.", "dra.", "lic.", "ing.", "núm.", "nro.", "tel.", "ext.",
        "av.", "avda.", "depto.", "s.a.", "c.v.", "ltda.", "cía.", "ud.", "uds.", "a.m.", "p.m.", "etc.",
    })
    # fmt: on

    def number(self, value: int | Decimal) -> str:
        """Say `101` as `ciento uno` and `2.50` as `dos punto cinco cero`."""
        return numbers.decimal(value) if isinstance(value, Decimal) else numbers.cardinal(value)

    def ordinal(self, value: int) -> str:
        """Say `21` as `vigésimo primero`."""
        return numbers.ordinal(value)

    def digits(self, text: str) -> str:
        """Say `42` as `cuatro dos`."""
        return " ".join(numbers.cardinal(int(digit)) for digit in text)

    def characters(self, text: str) -> str:
        """Spell `ab-1` as `A, B, guion, uno`."""
        return ", ".join(_character(character) for character in text if not character.isspace())

    def telephone(self, number: PhoneNumber) -> str:
        """Say `+525512345678` as `cinco cinco, uno dos tres cuatro, cinco seis siete ocho`."""
        return ", ".join(self.digits(group) for group in telephone_groups(number))

    def money(self, value: Money) -> str:
        """Say 42.50 USD as `cuarenta y dos dólares con cincuenta centavos`."""
        return _money(value)

    def date(self, value: date, today: date | None) -> str:
        """Say 3 March 2026 as `martes tres de marzo`, with `de dos mil veintiséis` unless it is that year."""
        weekday, month = format_date(value, "EEEE MMMM", locale=_LOCALE).split()
        day = "primero" if value.day == 1 else numbers.cardinal(value.day)
        words = f"{weekday} {day} de {month}"
        if today and today.year == value.year:
            return words
        return f"{words} de {numbers.cardinal(value.year)}"

    def time(self, value: time) -> str:
        """Say 15:05 as `las tres y cinco de la tarde`, with its article: write `a {{ … | time }}`."""
        if (value.hour, value.minute) == (12, 0):
            return "las doce del mediodía"
        hour = (value.hour - 1) % 12 + 1
        words = "la una" if hour == 1 else f"las {numbers.cardinal(hour)}"
        if value.minute:
            words = f"{words} y {_MINUTES.get(value.minute) or numbers.cardinal(value.minute)}"
        part = next(part for until, part in _PARTS_OF_DAY if value.hour < until)
        return f"{words} de la {part}"

    def name(self, text: str) -> str:
        """Say `JOSÉ  PÉREZ` as `José Pérez`."""
        return with_capitals(text)


def _money(value: Money) -> str:
    if value.minor < 0:
        return f"menos {_money(Money(-value.minor, value.currency))}"
    currency = _CURRENCIES.get(value.currency)
    if currency is None:
        return _money_by_cldr_name(value)
    whole, minor = divmod(value.minor, 10 ** decimals_of(value.currency))
    parts = []
    if whole or not minor:
        parts.append(numbers.counted(whole, currency.one, currency.many, currency.before))
    if minor:
        parts.append(numbers.counted(minor, currency.one_minor, currency.many_minor, Before.MASCULINE))
    return " con ".join(parts)


def _money_by_cldr_name(value: Money) -> str:
    amount = value.amount
    name = get_currency_name(value.currency, count=amount, locale=_LOCALE)
    if amount != amount.to_integral_value():
        return f"{numbers.decimal(amount)} {name}"
    before = Before.FEMININE if name.startswith(_FEMININE) else Before.MASCULINE
    return numbers.counted(int(amount), name, name, before)


def _character(character: str) -> str:
    if character.isascii() and character.isdigit():
        return numbers.cardinal(int(character))
    if character.isalpha():
        return character.upper()
    return _SYMBOLS.get(character, "símbolo")
