"""French as it is understood in France and in Canada."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import NamedTuple

from babel.dates import format_date
from babel.numbers import get_currency_name

from ivr.money import Money, decimals_of
from ivr.phone_number import PhoneNumber
from ivr.prompts.languages import french_numbers as numbers
from ivr.prompts.name_capitals import with_capitals
from ivr.prompts.telephone_groups import telephone_groups

_LOCALE = "fr"


class _Currency(NamedTuple):
    """What a currency and its hundredth part are called by people who use it."""

    one: str
    many: str
    one_minor: str
    many_minor: str
    is_feminine: bool = False


_CURRENCIES = {
    "EUR": _Currency("euro", "euros", "centime", "centimes"),
    "USD": _Currency("dollar", "dollars", "cent", "cents"),
    "CAD": _Currency("dollar canadien", "dollars canadiens", "cent", "cents"),
    "AUD": _Currency("dollar australien", "dollars australiens", "cent", "cents"),
    "GBP": _Currency("livre sterling", "livres sterling", "penny", "pence", is_feminine=True),
    "CHF": _Currency("franc suisse", "francs suisses", "centime", "centimes"),
    "MXN": _Currency("peso mexicain", "pesos mexicains", "centavo", "centavos"),
}
"""Others are said as a decimal number with the name that CLDR has for them."""
_FEMININE = ("couronne", "livre", "roupie")
"""First words of CLDR's names that are feminine."""

_SYMBOLS = {
    "-": "tiret",
    "_": "tiret bas",
    ".": "point",
    ",": "virgule",
    "@": "arobase",
    "/": "barre oblique",
    "#": "dièse",
    "*": "étoile",
    "+": "plus",
    "&": "esperluette",
    "%": "pour cent",
    "'": "apostrophe",
}


class French:
    """French words for slots: see `SpokenForms`."""

    # fmt: off
    abbreviations = frozenset({
        "m.", "mm.", "mme.", "mlle.", "dr.", "no.", "tél.", "ext.", "av.", "bd.", "boul.", "st.", "ste.",
        "s.a.", "cie.", "env.", "etc.",
    })
    # fmt: on

    def number(self, value: int | Decimal) -> str:
        """Say `71` as `soixante et onze` and `2.50` as `deux virgule cinq zéro`."""
        return numbers.decimal(value) if isinstance(value, Decimal) else numbers.cardinal(value)

    def ordinal(self, value: int) -> str:
        """Say `21` as `vingt et unième`."""
        return numbers.ordinal(value)

    def digits(self, text: str) -> str:
        """Say `42` as `quatre deux`."""
        return " ".join(numbers.cardinal(int(digit)) for digit in text)

    def characters(self, text: str) -> str:
        """Spell `ab-1` as `A, B, tiret, un`."""
        return ", ".join(_character(character) for character in text if not character.isspace())

    def telephone(self, number: PhoneNumber) -> str:
        """Say `+33123456789` as `zéro un, vingt-trois, …`: pairs as numbers, longer groups by digits."""
        return ", ".join(self._telephone_group(group) for group in telephone_groups(number))

    def money(self, value: Money) -> str:
        """Say 42.50 EUR as `quarante-deux euros et cinquante centimes`."""
        return _money(value)

    def date(self, value: date, today: date | None) -> str:
        """Say 3 March 2026 as `mardi trois mars`, with `deux mille vingt-six` unless it is that year."""
        weekday, month = format_date(value, "EEEE MMMM", locale=_LOCALE).split()
        day = "premier" if value.day == 1 else numbers.cardinal(value.day)
        words = f"{weekday} {day} {month}"
        if today and today.year == value.year:
            return words
        return f"{words} {numbers.cardinal(value.year)}"

    def time(self, value: time) -> str:
        """Say 15:05 as `quinze heures cinq`, 12:00 as `midi` and 00:00 as `minuit`."""
        if (value.hour, value.minute) in ((0, 0), (12, 0)):
            return "midi" if value.hour else "minuit"
        words = numbers.counted(value.hour, "heure", "heures", feminine=True)
        return f"{words} {numbers.cardinal(value.minute, feminine=True)}" if value.minute else words

    def name(self, text: str) -> str:
        """Say `HÉLÈNE  D'ORSAY` as `Hélène D'Orsay`."""
        return with_capitals(text)

    def _telephone_group(self, group: str) -> str:
        if len(group) != 2:
            return self.digits(group)
        return numbers.cardinal(int(group)) if group[0] != "0" else self.digits(group)


def _money(value: Money) -> str:
    if value.minor < 0:
        return f"moins {_money(Money(-value.minor, value.currency))}"
    currency = _CURRENCIES.get(value.currency)
    if currency is None:
        return _money_by_cldr_name(value)
    whole, minor = divmod(value.minor, 10 ** decimals_of(value.currency))
    parts = []
    if whole or not minor:
        parts.append(numbers.counted(whole, currency.one, currency.many, feminine=currency.is_feminine))
    if minor:
        parts.append(numbers.counted(minor, currency.one_minor, currency.many_minor))
    return " et ".join(parts)


def _money_by_cldr_name(value: Money) -> str:
    amount = value.amount
    if amount != amount.to_integral_value():
        return f"{numbers.decimal(amount)} {get_currency_name(value.currency, count=amount, locale=_LOCALE)}"
    one, many = (get_currency_name(value.currency, count=count, locale=_LOCALE) for count in (1, 2))
    return numbers.counted(int(amount), one, many, feminine=one.startswith(_FEMININE))


def _character(character: str) -> str:
    if character.isascii() and character.isdigit():
        return numbers.cardinal(int(character))
    if character.isalpha():
        return character.upper()
    return _SYMBOLS.get(character, "symbole")
