"""What a person can know that the customer store knows as well."""

from __future__ import annotations

from enum import StrEnum

LEAST_DIGITS = 4
"""Fewer than this prove too little: ten strangers in a thousand would be let in within five tries."""
BIRTH_DATE_DIGITS = 8


class Factor(StrEnum):
    """A knowledge factor, keyed in digits."""

    PIN = "pin"
    BIRTH_DATE = "birth_date"
    """Day and month and year in the order of the flow's language, eight digits."""
    POSTCODE = "postcode"
    ACCOUNT_DIGITS = "account_digits"
    """The last digits of the account's number, as many as the question asks for."""
    REFERENCE = "reference"
    """The alert's reference, check digit included."""


DEFAULT_ORDER: tuple[Factor, ...] = tuple(Factor)
"""Which is asked for where a profile says nothing: first what nobody but the customer was ever told, then
what family knows, then what is printed on letters."""
