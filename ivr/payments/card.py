"""A card as it is keyed in: what can be told of it without asking anybody. Nothing here shows a digit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

_AMEX = ("34", "37")
_LENGTHS: tuple[tuple[int, int, frozenset[int]], ...] = (
    (4, 4, frozenset({13, 16, 19})),  # Visa
    (51, 55, frozenset({16})),  # Mastercard
    (2221, 2720, frozenset({16})),  # Mastercard
    (34, 34, frozenset({15})),  # American Express
    (37, 37, frozenset({15})),  # American Express
    (300, 305, frozenset({14, 16})),  # Diners Club
    (36, 36, frozenset({14, 16})),  # Diners Club
    (38, 39, frozenset({14, 16})),  # Diners Club
    (3528, 3589, frozenset({16})),  # JCB
    (6011, 6011, frozenset({16, 19})),  # Discover
    (644, 659, frozenset({16, 19})),  # Discover
    (62, 62, frozenset({16, 17, 18, 19})),  # UnionPay
    (50, 50, frozenset(range(12, 20))),  # Maestro
    (56, 58, frozenset(range(12, 20))),  # Maestro
    (67, 67, frozenset(range(12, 20))),  # Maestro
)
"""First and last beginning of a brand's numbers, and how long they are."""

SHORTEST, LONGEST = 12, 19
"""Digits of a card number."""


@dataclass(frozen=True, slots=True, repr=False)
class Card:
    """A card number with what makes it chargeable; it lives for one step, in memory."""

    number: str
    year: int
    month: int
    code: str
    """The security code."""

    @property
    def ending(self) -> str:
        """The digits by which people recognise it."""
        return self.number[-4:]

    def __repr__(self) -> str:
        return "Card(…)"


def is_card_number(digits: str) -> bool:
    """Say whether it can be one: as long as those of its brand, and with the right check digit."""
    if not digits.isdecimal():
        return False
    brands = (lengths for first, last, lengths in _LENGTHS if first <= int(digits[: len(str(first))]) <= last)
    return any(len(digits) in lengths for lengths in brands) and _luhn(digits)


def expiry_of(digits: str, today: date) -> tuple[int, int] | None:
    """Return year and month of `MMYY`; None for what is no month, or over, or beyond twenty years."""
    if len(digits) != 4:
        return None
    month, year = int(digits[:2]), today.year // 100 * 100 + int(digits[2:])
    if not 1 <= month <= 12 or not (today.year, today.month) <= (year, month) <= (today.year + 20, 12):
        return None
    return year, month


def card_of(number: str, expiry: str, code: str, today: date) -> Card | None:
    """Return the card; None when the three can't belong to one."""
    until = expiry_of(expiry, today)
    if until is None or not is_card_number(number) or len(code) != (4 if number.startswith(_AMEX) else 3):
        return None
    return Card(number, *until, code)


def _luhn(digits: str) -> bool:
    doubled = (int(digit) * 2 for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(n - 9 if n > 9 else n for n in doubled)) % 10 == 0
