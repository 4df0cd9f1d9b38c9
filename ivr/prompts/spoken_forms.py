"""How one language says the values that fill a prompt's slots."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, time
from decimal import Decimal
from typing import Protocol

from ivr.money import Money
from ivr.phone_number import PhoneNumber


class SpokenForms(Protocol):
    """What a language has to offer; one class per file of `ivr.prompts.languages`.

    Every method returns words only (no digit, no currency sign), so that what is said depends on us and not
    on a speech engine. Each raises ValueError, in a clause, for a value it has no words for.
    """

    @property
    def abbreviations(self) -> Collection[str]:
        """Words in lower case that end in a full stop without ending a sentence: `mr.`."""
        ...

    def number(self, value: int | Decimal) -> str:
        """Say a count or a measure: `one million`, `two point five`."""
        ...

    def ordinal(self, value: int) -> str:
        """Say a rank from 1: `twenty-first`."""
        ...

    def digits(self, text: str) -> str:
        """Say each of `text`, ASCII digits only, by itself: `four two`."""
        ...

    def characters(self, text: str) -> str:
        """Spell `text`: `A, B, dash, one`."""
        ...

    def telephone(self, number: PhoneNumber) -> str:
        """Say a number in the groups of its country, with a pause after each."""
        ...

    def money(self, value: Money) -> str:
        """Say an amount with its currency: `forty-two dollars and fifty cents`."""
        ...

    def date(self, value: date, today: date | None) -> str:
        """Say a day with its weekday, and with its year unless that is the year of `today`."""
        ...

    def time(self, value: time) -> str:
        """Say a time of day in whole minutes."""
        ...

    def name(self, text: str) -> str:
        """Say a person's or company's name, whatever capitals and spaces it was stored with."""
        ...
