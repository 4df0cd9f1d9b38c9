"""What a person can know that the customer store knows as well."""

from __future__ import annotations

from enum import StrEnum


class Factor(StrEnum):
    """A knowledge factor, keyed in digits."""

    PIN = "pin"
    BIRTH_DATE = "birth_date"
    """Day and month and year in the order of the flow's language, eight digits."""
    POSTCODE = "postcode"
    ACCOUNT_DIGITS = "account_digits"
    """The last digits of the account's number."""
    REFERENCE = "reference"
    """The alert's reference, check digit included."""
