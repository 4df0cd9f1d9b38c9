"""How values are written in a message, as `SpokenForms` says how they are said: `$42.50`, not in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal

from ivr.money import Money
from ivr.phone_number import PhoneNumber, national_format

_LOCALES: Mapping[str, str] = {"en": "en_US", "es": "es_US", "fr": "fr_CA"}
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f", " "))
"""Spaces that make a text message dearer."""


@dataclass(frozen=True, slots=True)
class WrittenForms:
    """One language's way of writing values; see `SpokenForms` for what each is."""

    locale: str
    abbreviations: Collection[str] = ()

    def number(self, value: int | Decimal) -> str:
        """Write `1,234.5`."""
        return str(format_decimal(value, locale=self.locale)).translate(_SPACES)

    def ordinal(self, value: int) -> str:
        """Write the bare number: its ending differs with what is counted."""
        return self.number(value)

    def digits(self, text: str) -> str:
        """Write them as they are."""
        return text

    def characters(self, text: str) -> str:
        """Write them as they are."""
        return text

    def telephone(self, number: PhoneNumber) -> str:
        """Write `(202) 555-0123`."""
        return national_format(number)

    def money(self, value: Money) -> str:
        """Write `$42.50`."""
        return str(format_currency(value.amount, value.currency, locale=self.locale)).translate(_SPACES)

    def date(self, value: date, today: date | None) -> str:  # noqa: ARG002 - a message is read on other days
        """Write `March 3, 2026`, always with its year."""
        return str(format_date(value, "long", locale=self.locale)).translate(_SPACES)

    def time(self, value: time) -> str:
        """Write `3:05 PM`."""
        return str(format_time(value, "short", locale=self.locale)).translate(_SPACES)

    def name(self, text: str) -> str:
        """Write it as it is kept."""
        return text


WRITTEN: Mapping[str, WrittenForms] = {
    language: WrittenForms(locale) for language, locale in _LOCALES.items()
}
"""By language."""
