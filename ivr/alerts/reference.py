"""The short number of an alert that is printed, spoken and keyed in: eight random digits and a check digit.

The check digit is that of ISO/IEC 7064, MOD 11,10: digits only, so that every keypad has them, and a wrong
digit is always noticed. See docs/decisions/references-are-iso-7064.md.
"""

from __future__ import annotations

from collections.abc import Callable

LENGTH = 9
"""Digits, the check digit among them."""
_DRAWN = 10 ** (LENGTH - 1)


def make_reference(draw: Callable[[int], int]) -> str:
    """Return a reference; `draw(n)` gives a number from 0 to below n that nobody can guess."""
    digits = f"{draw(_DRAWN):0{LENGTH - 1}d}"
    return digits + check_digit(digits)


def is_reference(keyed: str) -> bool:
    """Say whether these digits can be a reference: as long as one, and with the right check digit."""
    if len(keyed) != LENGTH or not (keyed.isascii() and keyed.isdigit()):
        return False
    return check_digit(keyed[:-1]) == keyed[-1]


def check_digit(digits: str) -> str:
    """Return the digit that belongs behind `digits`."""
    product = 10
    for digit in digits:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)
