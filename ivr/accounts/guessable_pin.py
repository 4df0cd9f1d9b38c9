"""Which PINs are too easily guessed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise, permutations

from ivr.accounts.known_factors import KnownFactors

_LEAST_DIFFERENT = 3
_KEYPAD_COLUMN = "2580"
"""The one line of the keypad that is four keys long."""
_ENDING = 4
"""So many last digits of an account are what others see of it: on a receipt, in a letter."""


def is_easily_guessed(pin: str, known: KnownFactors) -> bool:
    """Say whether a stranger would try `pin` early.

    That are few different digits, a group that is repeated, a run in even steps, the keypad's column, and
    what somebody who knows the customer a little tries: parts of the birth date, the account's last digits.
    """
    return (
        len(set(pin)) < _LEAST_DIFFERENT
        or pin in (pin + pin)[1:-1]
        or _is_run(pin)
        or pin in (_KEYPAD_COLUMN, _KEYPAD_COLUMN[::-1])
        or (known.birth_date is not None and _tells_birth_date(pin, known.birth_date))
        or (known.account_ending is not None and _tells_ending(pin, known.account_ending))
    )


def _is_run(pin: str) -> bool:
    """Say whether each digit is as far from the one before, the nine being followed by the nought."""
    steps = {(int(later) - int(earlier)) % 10 for earlier, later in pairwise(pin)}
    return len(steps) == 1


def _tells_birth_date(pin: str, born_on: date) -> bool:
    return f"{born_on:%Y}" in pin or pin in _writings(born_on)


def _writings(born_on: date) -> Iterator[str]:
    """Yield the date in digits, in every order, whole and without one of its parts."""
    for year in ("%Y", "%y"):
        for length in (2, 3):
            for parts in permutations(("%d", "%m", year), length):
                yield born_on.strftime("".join(parts))


def _tells_ending(pin: str, ending: str) -> bool:
    return ending.endswith(pin) or pin.endswith(ending[-_ENDING:])
