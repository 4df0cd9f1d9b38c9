"""Which factors a customer can be asked for, and what somebody who knows one keys."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ivr.accounts.known_factors import KnownFactors
from ivr.flows.factor import LEAST_DIGITS, Factor

_MONTH_FIRST = frozenset({"en"})
"""Languages whose speakers, here, write the month before the day; all others begin with the day."""
_NINE_DIGIT_ZIP = re.compile(r"(\d{5})-\d{4}", re.ASCII)
"""Its last four digits are known to the post rather than to people."""


def factors_held(known: KnownFactors, order: Sequence[Factor]) -> tuple[Factor, ...]:
    """Return those of `order` that the store has something for, in that order."""
    return tuple(factor for factor in order if _is_held(factor, known))


def digits_of(factor: Factor, known: KnownFactors, language: str, count: int) -> str | None:
    """Return what is to be keyed, when `count` digits were; None when there is nothing to compare with.

    A PIN is known by its hash only, and of references there may be several.
    """
    match factor:
        case Factor.BIRTH_DATE:
            order = "%m%d%Y" if language in _MONTH_FIRST else "%d%m%Y"
            return known.birth_date.strftime(order) if known.birth_date else None
        case Factor.POSTCODE:
            return _postcode_digits(known.postcode or "")
        case Factor.ACCOUNT_DIGITS:
            ending = known.account_ending or ""
            return ending[-count:] if len(ending) >= count else None
        case Factor.PIN | Factor.REFERENCE:
            return None


def _is_held(factor: Factor, known: KnownFactors) -> bool:
    if factor is Factor.PIN:
        return known.pin_hash is not None
    if factor is Factor.REFERENCE:
        return bool(known.references)
    return digits_of(factor, known, "en", LEAST_DIGITS) is not None


def _postcode_digits(postcode: str) -> str | None:
    """Return its digits; None for one that has too few of them, as in London, to prove anything."""
    zip_code = _NINE_DIGIT_ZIP.fullmatch(postcode)
    digits = zip_code[1] if zip_code else re.sub(r"[^0-9]", "", postcode)
    return digits if len(digits) >= LEAST_DIGITS else None
